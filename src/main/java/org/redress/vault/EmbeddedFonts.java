package org.redress.vault;

import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Fonts that a text document brings with it lie there with their first bytes made unreadable, so that one of some hundreds
 * begins like text with tags. Such a part is a font where the document declares it as one and refers to it as nothing else: no
 * office program reads it as anything else then.
 */
final class EmbeddedFonts {

    private static final Pattern NAME = Pattern.compile("word/fonts/[A-Za-z0-9_-]+\\.odttf");
    private static final String ENDING = ".odttf";
    private static final String TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont";
    private static final Set<String> RELATIONS = Set.of(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font",
            "http://purl.oclc.org/ooxml/officeDocument/relationships/font");

    private static final XMLInputFactory XML = FetchingParts.factory();

    private EmbeddedFonts() {}

    /** Whether the part is called one. */
    static boolean isNamed(String part) {
        return NAME.matcher(part).matches();
    }

    /** Whether a part that is called a font says at once that it is text with tags. */
    static boolean saysXml(String beginning) {
        return beginning.replace("\0", "").contains("<?xml");
    }

    /** Whether the list of types says of all parts with that ending that they are fonts, and nothing else of any. */
    static boolean areDeclared(InputStream types) {
        boolean[] declared = new boolean[1];
        boolean nothingElse = all(types, (name, element) -> {
            boolean font = TYPE.equals(element.getAttributeValue(null, "ContentType"));
            boolean theirs = name.equals("Default")
                    ? "odttf".equalsIgnoreCase(element.getAttributeValue(null, "Extension"))
                    : name.equals("Override") && endsSo(element.getAttributeValue(null, "PartName"));
            declared[0] |= theirs && font;
            return !theirs || font;
        });
        return nothingElse && declared[0];
    }

    /** Whether these relations refer to parts with that ending as fonts only. */
    static boolean areNothingElse(InputStream relations) {
        return all(
                relations,
                (name, element) -> !name.equals("Relationship")
                        || !endsSo(element.getAttributeValue(null, "Target"))
                        || RELATIONS.contains(String.valueOf(element.getAttributeValue(null, "Type"))));
    }

    /** What cannot be read may end so as well. */
    private static boolean endsSo(@Nullable String part) {
        if (part == null) {
            return true;
        }
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8)
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[?#].*", "")
                    .endsWith(ENDING);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private interface Check {
        boolean takes(String name, XMLStreamReader element);
    }

    private static boolean all(InputStream part, Check check) {
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(part);
            try {
                while (reader.hasNext()) {
                    if (reader.next() == XMLStreamConstants.START_ELEMENT
                            && !check.takes(reader.getLocalName(), reader)) {
                        return false;
                    }
                }
                return true;
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            return false;
        } catch (RuntimeException e) {
            // The reader of the JDK throws whatever it stumbles over.
            return false;
        }
    }
}
