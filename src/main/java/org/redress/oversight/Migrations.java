package org.redress.oversight;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationException;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationReport;
import org.camunda.bpm.engine.migration.MigrationInstructionBuilder;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanBuilder;
import org.camunda.bpm.engine.migration.MigrationPlanValidationException;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.ConditionalEventDefinition;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.redress.engine.AuditLine;
import org.redress.engine.AuditSource;
import org.redress.engine.InvalidInput;
import org.redress.engine.SystemWork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets running cases go on by another version of their process. Activities that are the same in both are mapped, others where
 * somebody says to which; whether that holds the engine checks for each process of each case, and its faults are told. Each
 * case is a transaction of its own: all its processes of that kind go, or none. A dry run does the same and takes it back.
 * What is gone there already has nothing to do, so the same wish twice is as good as once. Values of the case are not touched.
 */
@Component
class Migrations implements AuditSource {

    /** What came of a case. */
    enum Outcome {
        MIGRATED,
        WOULD_MIGRATE,
        NOTHING_TO_DO,
        REFUSED
    }

    /**
     * A case and what came of it.
     *
     * @param processes how many processes of that kind go on by the new version, or would
     * @param errors why it stays; none otherwise
     */
    record Result(String caseNumber, Outcome outcome, int processes, List<String> errors) {}

    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final SystemWork system;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionTemplate transaction;

    Migrations(
            RuntimeService runtime,
            RepositoryService repository,
            SystemWork system,
            JdbcClient jdbc,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.runtime = runtime;
        this.repository = repository;
        this.system = system;
        this.jdbc = jdbc;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Migrates, or tries to.
     *
     * @param instructions ids of elements in the old version to those in the new one; they go before what is the same
     * @param by id of the account of whoever wishes it
     * @throws InvalidInput if there is no such version
     */
    List<Result> run(
            List<String> caseNumbers,
            String process,
            int fromVersion,
            int toVersion,
            Map<String, String> instructions,
            boolean dryRun,
            String by) {
        String from = definition(process, fromVersion);
        String to = definition(process, toVersion);
        MigrationPlan plan;
        try {
            plan = system.call(() -> plan(from, to, instructions));
        } catch (MigrationPlanValidationException e) {
            List<String> faults = faults(e);
            return caseNumbers.stream()
                    .map(number -> new Result(number, Outcome.REFUSED, 0, faults))
                    .toList();
        } catch (ProcessEngineException e) {
            throw new InvalidInput("There is no such plan: " + e.getMessage());
        }
        return caseNumbers.stream()
                .map(number -> one(number, process, fromVersion, toVersion, plan, dryRun, by))
                .toList();
    }

    private String definition(String process, int version) {
        return Optional.ofNullable(system.call(() -> repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(process)
                        .processDefinitionVersion(version)
                        .singleResult()))
                .map(ProcessDefinition::getId)
                .orElseThrow(() -> new InvalidInput("There is no version " + version + " of the process " + process));
    }

    private MigrationPlan plan(String from, String to, Map<String, String> instructions) {
        // Timers run on as they were set. Conditions alone the engine wants to be read anew.
        MigrationPlan equal = runtime.createMigrationPlan(from, to)
                .mapEqualActivities()
                .updateEventTriggers()
                .build();
        BpmnModelInstance model = repository.getBpmnModelInstance(from);
        Map<String, String> all = new LinkedHashMap<>();
        equal.getInstructions()
                .forEach(instruction -> all.put(instruction.getSourceActivityId(), instruction.getTargetActivityId()));
        all.putAll(instructions);
        MigrationPlanBuilder plan = runtime.createMigrationPlan(from, to);
        all.forEach((source, target) -> {
            MigrationInstructionBuilder instruction = plan.mapActivities(source, target);
            if (waitsForACondition(model, source)) {
                instruction.updateEventTrigger();
            }
        });
        return plan.build();
    }

    private static boolean waitsForACondition(BpmnModelInstance model, String element) {
        ModelElementInstance event = model.getModelElementById(element);
        return event instanceof CatchEvent waits
                && waits.getEventDefinitions().stream().anyMatch(ConditionalEventDefinition.class::isInstance);
    }

    private Result one(
            String caseNumber,
            String process,
            int fromVersion,
            int toVersion,
            MigrationPlan plan,
            boolean dryRun,
            String by) {
        try {
            Integer moved = transaction.execute(status -> {
                List<String> found = system.call(() -> runtime
                        .createProcessInstanceQuery()
                        .processInstanceBusinessKey(caseNumber)
                        .processDefinitionId(plan.getSourceProcessDefinitionId())
                        .list()
                        .stream()
                        .map(ProcessInstance::getId)
                        .toList());
                if (!found.isEmpty()) {
                    system.run(() ->
                            runtime.newMigration(plan).processInstanceIds(found).execute());
                    note(caseNumber, process, fromVersion, toVersion, found.size(), by);
                }
                if (dryRun) {
                    status.setRollbackOnly();
                }
                return found.size();
            });
            int count = moved == null ? 0 : moved;
            Outcome outcome = count == 0 ? Outcome.NOTHING_TO_DO : dryRun ? Outcome.WOULD_MIGRATE : Outcome.MIGRATED;
            return new Result(caseNumber, outcome, count, List.of());
        } catch (MigratingProcessInstanceValidationException e) {
            return new Result(caseNumber, Outcome.REFUSED, 0, faults(e.getValidationReport()));
        } catch (OptimisticLockingException e) {
            return new Result(
                    caseNumber,
                    Outcome.REFUSED,
                    0,
                    List.of("Somebody worked on the case at the same moment: try again"));
        }
    }

    private void note(String caseNumber, String process, int fromVersion, int toVersion, int processes, String by) {
        jdbc.sql("insert into case_migration (case_number, process, from_version, to_version, processes, migrated_by,"
                        + " migrated_at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(caseNumber, process, fromVersion, toVersion, processes, by, Timestamp.from(clock.instant()))
                .update();
    }

    private static List<String> faults(MigrationPlanValidationException e) {
        List<String> faults = new ArrayList<>();
        e.getValidationReport().getInstructionReports().forEach(report -> report.getFailures()
                .forEach(failure ->
                        faults.add(report.getMigrationInstruction().getSourceActivityId() + ": " + failure)));
        return faults;
    }

    private static List<String> faults(MigratingProcessInstanceValidationReport report) {
        Set<String> faults = new LinkedHashSet<>(report.getFailures());
        report.getActivityInstanceReports().forEach(activity -> activity.getFailures()
                .forEach(failure -> faults.add(activity.getSourceScopeId() + ": " + failure)));
        report.getTransitionInstanceReports().forEach(transition -> transition
                .getFailures()
                .forEach(failure -> faults.add(transition.getSourceScopeId() + ": " + failure)));
        return List.copyOf(faults);
    }

    @Override
    public List<AuditLine> of(String caseNumber) {
        return jdbc.sql("select * from case_migration where case_number = ? order by id")
                .param(caseNumber)
                .query((row, index) -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("process", row.getString("process"));
                    facts.put("from", row.getInt("from_version"));
                    facts.put("to", row.getInt("to_version"));
                    facts.put("processes", row.getInt("processes"));
                    return new AuditLine(
                            row.getTimestamp("migrated_at").toInstant(),
                            row.getString("migrated_by"),
                            "MIGRATION",
                            "goes on by another version",
                            facts);
                })
                .list();
    }
}
