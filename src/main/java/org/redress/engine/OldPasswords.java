package org.redress.engine;

import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.engine.impl.util.EncryptionUtil;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Accounts of before {@link SlowPasswords} hold a hash that is quick to guess. Who signs in by the right password has just said
 * it: it is kept the new way from then on. The password stays the same, so that nothing is said on record or told, and no
 * session ends.
 */
@Component
class OldPasswords {

    private static final String NEW = "{" + SlowPasswords.NAME + "}";

    private final JdbcClient jdbc;

    OldPasswords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Within a command of the engine. By the old hash: of several sign-ins at once the first renews it, and who got a new
     * password meanwhile keeps that.
     *
     * @param password the right one
     */
    void renew(UserEntity user, String password) {
        String kept = user.getPassword();
        if (kept == null || kept.startsWith(NEW)) {
            return;
        }
        String renewed = Context.getProcessEngineConfiguration()
                .getPasswordManager()
                .encrypt(EncryptionUtil.saltPassword(password, user.getSalt()));
        jdbc.sql("update ACT_ID_USER set PWD_ = ?, REV_ = REV_ + 1 where ID_ = ? and PWD_ = ?")
                .params(renewed, user.getId(), kept)
                .update();
    }
}
