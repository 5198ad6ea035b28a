package org.redress.vault;

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
 * @param types media types that are taken, as found in the content; of what {@link FileTypes} knows
 * @param kinds by name; its words for people are {@code files.kind.<name>} in the message file
 */
@ConfigurationProperties("redress.vault.files")
record FileSettings(
        @DefaultValue("20MB") DataSize size,
        @DefaultValue("200") int perCase,
        @DefaultValue("500MB") DataSize totalPerCase,
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
