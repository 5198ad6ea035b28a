package org.redress.engine;

import java.sql.Connection;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.stereotype.Component;

/**
 * On PostgreSQL the engine's own shipped scripts create its tables, before any node starts its engine: two nodes that start
 * at once on an empty database wait for each other here instead of colliding. On H2 the engine does it itself.
 */
@Component
class EngineSchema implements JavaMigration {

    private static final List<String> SCRIPTS = List.of(
            "engine", "history", "identity", "case.engine", "case.history", "decision.engine", "decision.history");

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("1");
    }

    @Override
    public String getDescription() {
        return "camunda 7.24.0";
    }

    @Override
    public Integer getChecksum() {
        return 7_24_0;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws Exception {
        Connection connection = context.getConnection();
        if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            return;
        }
        ResourceDatabasePopulator scripts = new ResourceDatabasePopulator();
        SCRIPTS.forEach(script -> scripts.addScript(
                new ClassPathResource("org/camunda/bpm/engine/db/create/activiti.postgres.create." + script + ".sql")));
        scripts.populate(connection);
    }
}
