package org.redress.notification;

import java.util.List;

/**
 * Something that happened in a case and that people have to be told of.
 *
 * @param key the same whenever this notice is given again (a job runs at least once), and for no other notice
 * @param event such as {@code level-decided}
 * @param posts which letter goes to whom
 * @param facts what the letters may say of the case
 */
record Notice(String key, String caseNumber, String event, List<Post> posts, CaseFacts facts) {

    /** Stands where other letters have the number of their case. */
    static final String OF_NO_CASE = "ACCOUNTS";

    /**
     * One letter to one addressee.
     *
     * @param letter key of its template
     */
    record Post(String letter, Addressee addressee) {}
}
