package org.redress;

import java.nio.file.Path;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The product on a database of its own, which stays in its folder when it is started again with other models. */
public final class OwnHouse {

    private OwnHouse() {}

    /** Starts it with its own models, or with those of a folder besides ({@code redress.models}). */
    public static ConfigurableApplicationContext start(Path folder, String models) {
        return new SpringApplicationBuilder(RedressApplication.class)
                .run(
                        "--spring.datasource.url=jdbc:h2:file:" + folder.resolve("redress") + ";LOCK_TIMEOUT=10000",
                        "--server.port=0",
                        "--redress.demo-cases=false",
                        "--redress.models=" + models,
                        "--camunda.bpm.generate-unique-process-engine-name=true",
                        "--camunda.bpm.generate-unique-process-application-name=true",
                        "--camunda.bpm.job-execution.enabled=false",
                        "--camunda.bpm.webapp.enabled=false");
    }

    /** Fires what is due, and what that makes due. */
    public static void fire(ProcessEngine engine) {
        for (int round = 0; round < 5; round++) {
            engine.getManagementService().createJobQuery().active().executable().list().stream()
                    .filter(job -> job.getProcessDefinitionKey() != null)
                    .forEach(job -> engine.getManagementService().executeJob(job.getId()));
        }
    }
}
