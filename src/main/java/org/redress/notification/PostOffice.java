package org.redress.notification;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.mail.MailPreparationException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** Writes and sends mails. A mail says that something waits, how many, and where; it never says what, or of which case. */
@Component
class PostOffice {

    private final ObjectProvider<JavaMailSender> smtp;
    private final String smtpHost;
    private final MessageSource words;
    private final NotificationSettings settings;

    PostOffice(
            ObjectProvider<JavaMailSender> smtp,
            @Value("${spring.mail.host:}") String smtpHost,
            MessageSource words,
            NotificationSettings settings) {
        this.smtp = smtp;
        this.smtpHost = smtpHost;
        this.words = words;
        this.settings = settings;
    }

    /** Whether there is an SMTP server to send through. Without one, mails wait. */
    boolean isOpen() {
        return !smtpHost.isBlank();
    }

    /**
     * Tells one person that letters wait.
     *
     * @param messageId deterministic, so that a mail sent twice is recognised as the same
     * @throws org.springframework.mail.MailException if the SMTP server did not take it
     */
    void send(String messageId, String mailAddress, long waiting) {
        JavaMailSender sender = smtp.getObject();
        sender.send(mail(sender, messageId, mailAddress, waiting));
    }

    private MimeMessage mail(JavaMailSender sender, String messageId, String mailAddress, long waiting) {
        try {
            MimeMessage mail = sender.createMimeMessage();
            MimeMessageHelper helper = new MimeMessageHelper(mail, StandardCharsets.UTF_8.name());
            helper.setFrom(settings.mailFrom());
            helper.setTo(mailAddress);
            helper.setSubject(words.getMessage("mail.subject", new Object[] {waiting}, Locale.ENGLISH));
            helper.setText(words.getMessage(
                    "mail.body",
                    new Object[] {waiting, settings.publicUrl().resolve(MyLettersPage.PLACE)},
                    Locale.ENGLISH));
            mail.setHeader("Message-ID", messageId);
            mail.setHeader("Auto-Submitted", "auto-generated");
            return mail;
        } catch (MessagingException e) {
            throw new MailPreparationException(e);
        }
    }
}
