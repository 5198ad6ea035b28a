package org.redress.engine;

import java.util.Optional;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.db.DbIdentityServiceProvider;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.engine.impl.util.EncryptionUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Where every password is checked, whichever door it came to. The engine would lock an account after one wrong password;
 * {@link SignInFailures} slows the caller down instead. While the caller waits no password is looked at; and one that was
 * right counts as wrong when the caller has to wait by then, so that guesses sent all at once win nothing.
 */
final class SlowedSignIn extends DbIdentityServiceProvider {

    private final SignInFailures failures;
    private final OldPasswords old;

    private SlowedSignIn(SignInFailures failures, OldPasswords old) {
        this.failures = failures;
        this.old = old;
    }

    @Override
    public boolean checkPassword(@Nullable String userId, @Nullable String password) {
        if (userId == null || password == null) {
            return false;
        }
        UserEntity user = findUserById(userId);
        boolean right = isRight(userId, user, password);
        if (right && user != null) {
            old.renew(user, password);
        }
        return right;
    }

    private boolean isRight(String userId, @Nullable UserEntity user, String password) {
        Optional<String> address = addressOfCaller();
        if (address.isEmpty()) {
            return matches(user, password);
        }
        // Checking takes a processor, and a connection to the database while it does: whoever waits gets neither.
        if (failures.standing(userId, address.get()).pause().isPresent()) {
            return false;
        }
        boolean right = matches(user, password);
        SignInFailures.Standing standing = failures.standing(userId, address.get());
        if (standing.pause().isPresent()) {
            return false;
        }
        if (!right) {
            failures.failed(userId, address.get());
        } else if (standing.failed()) {
            failures.succeeded(userId, address.get());
        }
        return right;
    }

    private boolean matches(@Nullable UserEntity user, String password) {
        if (user == null) {
            // As long as for somebody who is there, so that nobody learns who is.
            Context.getProcessEngineConfiguration()
                    .getPasswordManager()
                    .encrypt(EncryptionUtil.saltPassword(password, "nobody"));
            return false;
        }
        return matchPassword(password, user);
    }

    /** Empty when nobody calls from outside, but the product itself. */
    static Optional<String> addressOfCaller() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? Optional.ofNullable(attributes.getRequest().getRemoteAddr())
                : Optional.empty();
    }

    static SessionFactory factory(SignInFailures failures, OldPasswords old) {
        return new SessionFactory() {
            @Override
            public Class<?> getSessionType() {
                return SlowedSignIn.class;
            }

            @Override
            public Session openSession() {
                return new SlowedSignIn(failures, old);
            }
        };
    }
}
