package org.redress.notification;

/** Mails of a notice could not be sent. The job that gave the notice fails and is tried again. */
final class MailNotSent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MailNotSent(long failed, long all) {
        super(failed + " of " + all + " mails could not be sent; the outbox tells why, and keeps them");
    }
}
