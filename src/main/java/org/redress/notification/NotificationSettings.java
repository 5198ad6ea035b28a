package org.redress.notification;

import java.net.URI;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What letters and mails are written with.
 *
 * @param publicUrl where people reach this installation; the link in every mail
 * @param zone the time zone of dates in letters
 * @param mailFrom the sender of every mail
 * @param contactDesk how the reader of a letter reaches a person, as the end of the sentence "To speak with a person, contact …"
 */
@ConfigurationProperties("redress")
record NotificationSettings(
        @DefaultValue("http://localhost:8080") URI publicUrl,
        @DefaultValue("UTC") ZoneId zone,
        @DefaultValue("redress@localhost") String mailFrom,
        @DefaultValue("the grievance desk of the programme, by the way you contacted us before") String contactDesk) {}
