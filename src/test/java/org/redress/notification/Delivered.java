package org.redress.notification;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.PlatformTransactionManager;

/** Every mail that waits, as it comes in at a mail server, for tests that search them. */
public final class Delivered {

    private Delivered() {}

    /** Sends everything that waits; gives each mail twice: as it came over the wire, and with its content decoded. */
    public static List<String> all(ListableBeanFactory beans) throws MessagingException, IOException {
        GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
        server.start();
        try {
            JavaMailSenderImpl smtp = new JavaMailSenderImpl();
            smtp.setHost("localhost");
            smtp.setPort(server.getSmtp().getPort());
            NotificationSettings settings = beans.getBean(NotificationSettings.class);
            PostOffice postOffice = new PostOffice(
                    new StaticListableBeanFactory(Map.of("smtp", smtp)).getBeanProvider(JavaMailSender.class),
                    "localhost",
                    beans.getBean("messageSource", MessageSource.class),
                    settings);
            JdbcClient jdbc = beans.getBean(JdbcClient.class);
            jdbc.sql("update outbox set next_attempt_at = timestamp '2000-01-01 00:00:00' where state = 'WAITING'")
                    .update();
            new Outbox(
                            jdbc,
                            beans.getBean(Letters.class),
                            beans.getBean(Addressees.class),
                            postOffice,
                            settings,
                            beans.getBean(Clock.class),
                            beans.getBean(PlatformTransactionManager.class))
                    .sweep(10_000);
            List<String> mails = new ArrayList<>();
            for (MimeMessage mail : server.getReceivedMessages()) {
                mails.add(GreenMailUtil.getWholeMessage(mail));
                mails.add(mail.getSubject() + "\n" + mail.getContent());
            }
            return mails;
        } finally {
            server.stop();
        }
    }
}
