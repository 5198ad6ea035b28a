package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.redress.vault.Samples.bytes;
import static org.redress.vault.Samples.one;
import static org.redress.vault.Samples.pdf;
import static org.redress.vault.Samples.word;
import static org.redress.vault.Samples.zip;

import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a document is, by its content. */
class FileTypesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    %PDF-1.7                         | application/pdf
                    \\u00ff\\u00d8\\u00ff\\u00e0\\u0000\\u0010JFIF\\u0000 | image/jpeg
                    \\u0089PNG\\r\\n\\u001a\\n\\u0000\\u0000\\u0000\\rIHDR | image/png
                    RIFF\\u0000\\u0000\\u0000\\u0000WEBPVP8\\u0020 | image/webp
                    RIFF\\u0000\\u0000\\u0000\\u0000WAVEfmt\\u0020 | audio/wav
                    OggS\\u0000\\u0002\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000aaaabbbbcccc\\u0001\\u0013OpusHead | audio/ogg
                    ID3\\u0003\\u0000                | audio/mpeg
                    \\u00ff\\u00fb\\u0090\\u0044     | audio/mpeg
                    \\u0000\\u0000\\u0000\\u0020ftypM4A\\u0020 | audio/mp4
                    \\u0000\\u0000\\u0000\\u0020ftypisom | video/mp4
                    \\u0000\\u0000\\u0000\\u0020ftypmp42 | video/mp4
                    \\u0000\\u0000\\u0000\\u0020ftypqt\\u0020\\u0020 | video/quicktime
                    \\u0000\\u0000\\u0000\\u0020ftyp3gp4 | video/3gpp
                    \\u0000\\u0000\\u0000\\u0020ftypheic | image/heic
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
                "junk before %PDF-1.7",
                "\\n%PDF-1.7",
                "\\u0000\\u0001nothing known"
            })
    void nothingThatRunsHasAType(String content) {
        assertThat(FileTypes.of(bytes(plain(content)))).isEmpty();
    }

    @Test
    void officeDocumentsAreKnownByWhatIsInThem() {
        assertThat(FileTypes.of(word(Map.of()))).contains(Packed.DOCX);
        assertThat(FileTypes.of(word(Map.of("word/media/image1.png", "x", "docProps/app.xml", "x"))))
                .contains(Packed.DOCX);
        assertThat(FileTypes.of(zip(Map.of("mimetype", Packed.ODT)))).contains(Packed.ODT);
        assertThat(FileTypes.of(zip(Map.of("mimetype", Packed.ODS)))).contains(Packed.ODS);
        assertThat(FileTypes.of(zip(Map.of(
                        "[Content_Types].xml", Packed.XLSX + ".main+xml",
                        "xl/workbook.xml", "x",
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
        assertThat(FileTypes.of(one(bytes("\u00ff\u00d8\u00ff\u00e0\0\20JFIF\0"), jar)))
                .isEmpty();
        assertThat(FileTypes.of(one(bytes("plain words "), word(Map.of())))).isEmpty();
    }

    private static String plain(String written) {
        return java.util.regex.Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(written.replace("\\n", "\n").replace("\\r", "\r"))
                .replaceAll(sign -> java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(sign.group(1), 16))));
    }
}
