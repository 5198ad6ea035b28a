package org.redress.vault;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Which documents a case takes, from whom and for whom ({@code application.yml}, where each kind says its basis).
 *
 * @param size of one document at most
 * @param perCase how many documents a case has at most
 * @param totalPerCase size of all documents of a case at most
 * @param perSender how many of them one sender adds at most: an organisation, or the account of a partner. PROPOSED: a quarter
 *     of the case, so that no party fills it
 * @param totalPerSender size of these at most
 * @param reserved how many of a case's documents are kept for {@code reservedFor}. PROPOSED
 * @param totalReserved size of these
 * @param reservedFor roles that no share bounds, and that alone use what is reserved: who protects, investigates and coordinates
 * @param listAgain how long a list that is looked at again makes no new line for each document
 * @param types media types that are taken, as found in the content; of what {@link FileTypes} knows
 * @param kinds by name; its words for people are {@code files.kind.<name>} in the message file
 */
@ConfigurationProperties("redress.vault.files")
record FileSettings(
        @DefaultValue("20MB") DataSize size,
        @DefaultValue("200") int perCase,
        @DefaultValue("500MB") DataSize totalPerCase,
        @DefaultValue("50") int perSender,
        @DefaultValue("150MB") DataSize totalPerSender,
        @DefaultValue("40") int reserved,
        @DefaultValue("100MB") DataSize totalReserved,
        @DefaultValue({"protection", "audit-programme", "vsc"}) Set<String> reservedFor,
        @DefaultValue("PT15M") Duration listAgain,
        @DefaultValue Set<String> types,
        @DefaultValue Map<String, Kind> kinds) {

    /**
     * A kind of document.
     *
     * @param cases first letter of the numbers of the cases that have such documents
     * @param readers roles that read them
     * @param adders roles that add them
     * @param ownOnly readers among the roles of parties that read only what their own organisation added
     * @param person whether they are about one survivor, who must be named then
     */
    record Kind(
            String cases,
            @DefaultValue Set<String> readers,
            @DefaultValue Set<String> adders,
            @DefaultValue Set<String> ownOnly,
            @DefaultValue("false") boolean person) {}
}
