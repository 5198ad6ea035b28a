package org.redress.engine;

import java.time.Clock;
import org.camunda.bpm.engine.impl.cmd.SaveUserCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Whoever changes the mail address of an account keeps its person from hearing of what comes next, and an administrator does so
 * as well as whoever finds a browser signed in. For the engine it is an update of a user like any other: here it is on record,
 * without an address, and told ({@link MailAddressChanged}).
 */
final class AddressesOnRecord extends CommandInterceptor {

    /** What the record calls it. */
    static final String CHANGED = "MailAddressChanged";

    private final MailAddresses addresses;
    private final HouseRecord house;
    private final ApplicationEventPublisher news;
    private final Clock clock;

    AddressesOnRecord(MailAddresses addresses, HouseRecord house, ApplicationEventPublisher news, Clock clock) {
        this.addresses = addresses;
        this.house = house;
        this.news = news;
        this.clock = clock;
    }

    @Override
    public <T> T execute(Command<T> command) {
        CommandContext context = Context.getCommandContext();
        Authentication who = context.getAuthentication();
        if (!(command instanceof SaveUserCmd)
                || who == null
                || who.getUserId() == null
                || !context.isAuthorizationCheckEnabled()
                || !(CommandFields.value(command, "user") instanceof UserEntity user)
                || user.getRevision() == 0) {
            return next.execute(command);
        }
        String former = addresses.of(user.getId());
        T result = next.execute(command);
        String now = user.getEmail() == null ? "" : user.getEmail().strip();
        if (!former.equals(now)) {
            house.note(who.getUserId(), CHANGED, user.getId(), null, null);
            news.publishEvent(new MailAddressChanged(user.getId(), former, who.getUserId(), clock.instant()));
        }
        return result;
    }
}
