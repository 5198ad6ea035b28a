package org.redress.intake;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads exactly one JSON value (RFC 8259, UTF-8): no comments, no duplicate names, nothing after the end. A body that is
 * not JSON is refused with the place where it breaks, in words of our own: the parser's messages quote the body.
 */
final class StrictJson {

    private static final int DEEPEST = 20;

    /** A name that a schema could have; anything else may be a displaced value and is not repeated. */
    private static final Pattern SHOWABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}|[0-9]{1,6}");

    private static final JsonMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private StrictJson() {}

    /** @throws RefusedRequest 400 with one fault that points to the place */
    static JsonNode read(byte[] body) {
        try (JsonParser parser = MAPPER.createParser(utf8(body))) {
            if (parser.nextToken() == null) {
                throw refused("", "The body is empty: send one JSON object.");
            }
            return readOne(parser);
        } catch (JsonProcessingException e) {
            throw refused("", "Not JSON" + at(e.getLocation()) + ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode readOne(JsonParser parser) throws IOException {
        try {
            JsonNode value = MAPPER.readTree(parser);
            if (parser.nextToken() != null) {
                throw refused("", "There is more after the end of the JSON" + at(parser.currentTokenLocation()) + ".");
            }
            return value;
        } catch (MismatchedInputException e) {
            throw refused(pointer(parser), "This name occurs twice in its object: keep one.");
        } catch (JsonEOFException e) {
            throw refused(pointer(parser), "The JSON ends too early" + at(e.getLocation()) + ": the body was cut off.");
        } catch (StreamConstraintsException e) {
            throw refused(
                    pointer(parser),
                    "Nested deeper than " + DEEPEST + " levels, or a number or name that is far too long.");
        } catch (JsonProcessingException e) {
            throw refused(
                    pointer(parser),
                    "Not JSON" + at(e.getLocation()) + ": look for a missing or misplaced quote, comma or bracket.");
        }
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused("", "The body is not UTF-8.");
        }
    }

    private static String at(JsonLocation location) {
        return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String pointer(JsonParser parser) {
        StringBuilder shown = new StringBuilder();
        JsonPointer rest = parser.getParsingContext().pathAsPointer();
        while (!rest.matches()) {
            String name = rest.getMatchingProperty();
            if (!showable(name)) {
                break;
            }
            shown.append('/').append(name);
            rest = rest.tail();
        }
        return shown.toString();
    }

    static boolean showable(String name) {
        return SHOWABLE.matcher(name).matches();
    }

    private static RefusedRequest refused(String pointer, String detail) {
        return RefusedRequest.faulty(List.of(Fault.at(pointer, detail)));
    }
}
