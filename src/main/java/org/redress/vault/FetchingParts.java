package org.redress.vault;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Whether a part of an office document that is XML makes an office program run something, or fetch something from elsewhere, as
 * it opens the document. Read as the office program reads it, by namespaces and names after every escape is undone; not held
 * in memory, no part nested or drawn out without end, and without definitions of its own. What is not well-formed fetches, for
 * all we know: a program that mends it may find in it what we do not.
 */
final class FetchingParts {

    private static final XMLInputFactory XML = factory();

    /** Longer than what stands between two tags of any honest document. */
    private static final int LONGEST_PIECE = 1024 * 1024;

    private static final int DEEPEST = 512;
    private static final Set<String> ENCODINGS = Set.of("UTF-8", "UTF-16", "US-ASCII");

    private static final String OPEN = "urn:oasis:names:tc:opendocument:xmlns:";
    private static final String META = OPEN + "meta:1.0";

    /** What waits until somebody follows it. */
    private static final Set<QName> LINKS = Set.of(
            new QName(OPEN + "text:1.0", "a"),
            new QName(OPEN + "drawing:1.0", "a"),
            new QName("http://www.w3.org/2000/svg", "a"));

    private static final Set<String> LINK_RELATIONS = Set.of(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
            "http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink");

    private static final Set<String> RELATION = Set.of("Type", "Target", "TargetMode");

    /** The last part of what a relationship is called, in small letters: what it brings is fetched, asked for, or runs. */
    private static final Set<String> FETCHING_RELATIONS = Set.of(
            "afchunk",
            "attachedtemplate",
            "subdocument",
            "oleobject",
            "frame",
            "control",
            "activexcontrolbinary",
            "vbaproject",
            "wordvbadata",
            "xlmacrosheet",
            "xlintlmacrosheet",
            "dialogsheet",
            "externallink",
            "externallinkpath",
            "connections",
            "querytable",
            "volatiledependencies",
            "mailmergesource",
            "mailmergeheadersource",
            "webextension",
            "webextensiontaskpanes");

    /** In Open Document: another program is asked, the document is fetched anew, a program lies in the document. */
    private static final Set<String> ASKING =
            Set.of("dde-connection-decl", "dde-source", "dde-link", "auto-reload", "library-embedded");

    private static final Set<String> FORMULAS = Set.of(
            "f", "formula", "formula1", "formula2", "definedname", "calculatedcolumnformula", "totalsrowformula");

    private static final Set<String> OPEN_FORMULAS = Set.of("formula", "condition", "expression", "value");

    /** Functions of spreadsheets that ask a server or another program, and cells of another document. */
    private static final Pattern ASKS = Pattern.compile(
            "webservice\\s*\\(|(?<![a-z0-9_])(?:image|rtd|dde)\\s*\\(|'[a-z][a-z0-9+.-]*:[^']*'#|'(?://|\\\\\\\\)",
            Pattern.CASE_INSENSITIVE);

    /** Fields of Word that bring in what lies elsewhere, or that call another program. */
    private static final Pattern FIELD = Pattern.compile(
            "(?:^|\\x01)\\s*(?:dde|ddeauto|includepicture|includetext|import|link)(?![a-z])", Pattern.CASE_INSENSITIVE);

    private static final char FIELD_BEGINS = '\1';

    /** Neither the next part of the same mail, nor a picture that is written out. */
    private static final Pattern ELSEWHERE = Pattern.compile(
            "(?!cid:|data:image/)(?:[a-z][a-z0-9+.-]*:|//|\\\\).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern OF_THIS_MACHINE =
            Pattern.compile("file:///(?![/\\\\]).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final XMLStreamReader part;
    private final ShortPieces pieces;

    /** What stands in the element that is open; of fields, in all of them so far: they are written in pieces. */
    private final StringBuilder said = new StringBuilder();

    private final StringBuilder fields = new StringBuilder();

    private FetchingParts(XMLStreamReader part, ShortPieces pieces) {
        this.part = part;
        this.pieces = pieces;
    }

    /**
     * Reads the part to its end, or to the first thing that is fetched.
     *
     * @param part its bytes, unpacked
     * @throws IOException if they cannot be unpacked
     */
    static boolean fetches(InputStream part) throws IOException {
        ShortPieces pieces = new ShortPieces(part);
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(pieces);
            try {
                return new FetchingParts(reader, pieces).fetches();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            return true;
        } catch (RuntimeException e) {
            // The reader of the JDK throws whatever it stumbles over.
            return true;
        }
    }

    private boolean fetches() throws XMLStreamException {
        String encoding = part.getCharacterEncodingScheme();
        if (encoding != null && !ENCODINGS.contains(encoding.toUpperCase(Locale.ROOT))) {
            return true;
        }
        int depth = 0;
        while (part.hasNext()) {
            boolean fetches =
                    switch (part.next()) {
                        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> true;
                        case XMLStreamConstants.START_ELEMENT -> {
                            depth++;
                            said.setLength(0);
                            yield depth > DEEPEST || beginFetches();
                        }
                        case XMLStreamConstants.END_ELEMENT -> {
                            depth--;
                            boolean asks = endFetches();
                            said.setLength(0);
                            yield asks;
                        }
                        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                            said.append(part.getTextCharacters(), part.getTextStart(), part.getTextLength());
                            yield said.length() > LONGEST_PIECE;
                        }
                        default -> false;
                    };
            if (fetches) {
                return true;
            }
            pieces.begin();
        }
        return FIELD.matcher(fields).find();
    }

    private boolean beginFetches() {
        QName element = part.getName();
        String name = element.getLocalPart().toLowerCase(Locale.ROOT);
        if (name.equals("relationship")) {
            return relationFetches();
        }
        if (ASKING.contains(name)) {
            return true;
        }
        if (name.equals("fldchar")) {
            fields.append(FIELD_BEGINS);
        }
        for (int index = 0; index < part.getAttributeCount(); index++) {
            String value = part.getAttributeValue(index);
            boolean fetches =
                    switch (part.getAttributeLocalName(index).toLowerCase(Locale.ROOT)) {
                        case "href" -> isElsewhere(value) && !waits(element, value);
                        case "src", "base" -> isElsewhere(value);
                        case "instr" -> FIELD.matcher(value).find();
                        default ->
                            OPEN_FORMULAS.contains(part.getAttributeLocalName(index))
                                    && ASKS.matcher(value).find();
                    };
            if (fetches) {
                return true;
            }
        }
        return false;
    }

    private boolean endFetches() {
        String name = part.getLocalName().toLowerCase(Locale.ROOT);
        if (name.equals("instrtext")) {
            fields.append(said);
            return fields.length() > LONGEST_PIECE;
        }
        return FORMULAS.contains(name) && ASKS.matcher(said).find();
    }

    private boolean relationFetches() {
        String type = "";
        boolean elsewhere = false;
        for (int index = 0; index < part.getAttributeCount(); index++) {
            String name = part.getAttributeLocalName(index);
            String value = part.getAttributeValue(index).strip();
            switch (name.toLowerCase(Locale.ROOT)) {
                case "type" -> type = value;
                case "target" -> elsewhere |= isElsewhere(value);
                case "targetmode" -> elsewhere |= value.equalsIgnoreCase("External");
                default -> {
                    continue;
                }
            }
            String space = part.getAttributeNamespace(index);
            if (!RELATION.contains(name) || (space != null && !space.isEmpty())) {
                // Which of two it goes by, only the office program knows.
                return true;
            }
        }
        return (elsewhere && !LINK_RELATIONS.contains(type))
                || FETCHING_RELATIONS.contains(
                        type.substring(type.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT));
    }

    /** Links; a template on the writer's own machine; where in a mail that was saved a picture came from. */
    private static boolean waits(QName element, String address) {
        return LINKS.contains(element)
                || (element.getNamespaceURI().equals(META)
                        && element.getLocalPart().equals("template")
                        && OF_THIS_MACHINE.matcher(plain(address)).matches())
                || (element.getNamespaceURI().startsWith("urn:schemas-microsoft-com:vml")
                        && !Set.of("imagedata", "fill", "stroke").contains(element.getLocalPart()));
    }

    private static boolean isElsewhere(@Nullable String address) {
        return address != null && ELSEWHERE.matcher(plain(address)).matches();
    }

    /** As programs read addresses: blanks and line ends are nothing. */
    private static String plain(String address) {
        StringBuilder plain = new StringBuilder();
        address.chars().filter(sign -> sign > ' ').forEach(sign -> plain.append((char) sign));
        return plain.toString();
    }

    /** Reads no definitions, and nothing from elsewhere. */
    static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        return factory;
    }

    /** Ends a part in which nothing is whole for longer than in any honest one: the reader would hold all of it. */
    private static final class ShortPieces extends InputStream {

        private final InputStream part;
        private int length;

        private ShortPieces(InputStream part) {
            this.part = part;
        }

        /** The reader has something whole, be it a tag, a comment or some text. */
        private void begin() {
            length = 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int atMost) throws IOException {
            int read = part.read(into, from, atMost);
            length += Math.max(0, read);
            if (length > LONGEST_PIECE) {
                throw new IOException("nothing begins");
            }
            return read;
        }
    }
}
