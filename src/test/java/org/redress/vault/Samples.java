package org.redress.vault;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Documents as people send them, and as attackers do. */
final class Samples {

    private Samples() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] pdf(String inside) {
        return bytes("%PDF-1.7\n" + inside + "\n%%EOF\n");
    }

    /** As a program writes it; {@code png} or {@code jpg}. */
    static byte[] picture(String kind, int width, int height) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), kind, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** As a telephone makes it, but black. */
    static byte[] heic(int width, int height) {
        byte[] sides =
                ByteBuffer.allocate(12).putInt(0).putInt(width).putInt(height).array();
        byte[] properties = box(
                "iprp",
                box("ipco", one(box("ispe", new byte[] {0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2, 0}), box("ispe", sides))));
        return one(
                one(box("ftyp", bytes("heic\0\0\0\0mif1heic")), box("meta", one(new byte[4], properties))),
                box("mdat", new byte[40]));
    }

    static byte[] box(String name, byte[] inside) {
        return ByteBuffer.allocate(8 + inside.length)
                .putInt(8 + inside.length)
                .put(bytes(name))
                .put(inside)
                .array();
    }

    /** @param more entries beside those that every document has */
    static byte[] word(Map<String, String> more) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(
                "[Content_Types].xml",
                "<Types><Override PartName=\"/word/document.xml\" ContentType=\"" + Packed.DOCX
                        + ".main+xml\"/></Types>");
        entries.put(
                "word/document.xml",
                "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>");
        entries.putAll(more);
        return zip(entries);
    }

    static byte[] zip(Map<String, String> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] one(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
