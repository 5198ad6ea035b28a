package org.redress.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnDiagram;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.w3c.dom.Element;

/**
 * The committed pictures show the models as they are: every element of a page with its name at its place, every decision
 * table as its file is; each carries the checksum of its model. {@code node docs/render.mjs} makes them, and its {@code --check} looks closer.
 */
final class PictureGate implements Gate {

    private static final String ADVICE = "; run node docs/render.mjs";

    private final Path pictures;

    /** The texts of the models by file, to tell by checksum whether a picture is of this file. */
    private final Map<String, String> texts;

    PictureGate(Path pictures, Map<String, String> texts) {
        this.pictures = pictures;
        this.texts = texts;
    }

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>();
        for (ProcessFile process : models.processes()) {
            for (BpmnDiagram diagram : process.all(BpmnDiagram.class)) {
                BaseElement owner = diagram.getBpmnPlane().getBpmnElement();
                String name = owner instanceof SubProcess ? process.id() + "." + owner.getId() : process.id();
                page(process, diagram, name + ".svg", findings);
            }
        }
        for (DecisionFile file : models.decisions()) {
            String sum = checksum(texts.getOrDefault(file.file(), ""));
            file.decisions().forEach(decision -> {
                String picture = read(decision.getId() + ".png", StandardCharsets.ISO_8859_1);
                if (!picture.contains(sum)) {
                    findings.add(file.finding(
                            decision.getId(), "is not as its picture " + decision.getId() + ".png shows it" + ADVICE));
                }
            });
        }
        return findings;
    }

    private void page(ProcessFile process, BpmnDiagram diagram, String picture, List<Finding> findings) {
        String svg = read(picture, StandardCharsets.UTF_8);
        if (svg.isEmpty()) {
            findings.add(process.finding("", "has no picture " + picture + ADVICE));
            return;
        }
        if (!svg.contains(checksum(texts.getOrDefault(process.file(), "")))) {
            findings.add(process.finding("", "has an older picture " + picture + ADVICE));
        }
        Map<String, String> model = new TreeMap<>();
        diagram.getBpmnPlane().getDiagramElements().forEach(element -> {
            if (element instanceof BpmnShape shape && shape.getBpmnElement() instanceof FlowElement drawn) {
                model.put(drawn.getId(), text(drawn) + place(shape));
            } else if (element instanceof BpmnEdge edge && edge.getBpmnElement() instanceof FlowElement drawn) {
                model.put(drawn.getId(), text(drawn));
            }
        });
        Map<String, String> drawn = drawn(svg);
        model.forEach((id, expected) -> {
            if (!expected.equals(drawn.get(id))) {
                findings.add(process.finding(id, "is not as its picture " + picture + " shows it" + ADVICE));
            }
        });
        drawn.keySet().stream()
                .filter(id -> !model.containsKey(id))
                .forEach(id -> findings.add(process.finding(id, "is only in the picture " + picture + ADVICE)));
    }

    /** Each element of a picture: its name without spaces, and the place of a shape. */
    private static Map<String, String> drawn(String svg) {
        Map<String, String> places = new TreeMap<>();
        Map<String, String> labels = new TreeMap<>();
        Xml.visit(Xml.parse(svg), (element, owner) -> {
            String id = element.getAttribute("data-element-id");
            if (id.isEmpty()) {
                return;
            }
            if (id.endsWith("_label")) {
                labels.put(id.substring(0, id.length() - "_label".length()), words(element));
                return;
            }
            boolean shape = element.getAttribute("class").contains("djs-shape");
            String transform = element.getAttribute("transform");
            places.put(
                    id,
                    words(element)
                            + (shape ? transform.replaceAll("matrix\\(1 0 0 1 (\\S+) (\\S+)\\)", "@$1,$2") : ""));
        });
        labels.forEach((id, label) -> places.computeIfPresent(id, (key, place) -> label + place));
        return places;
    }

    private static String text(FlowElement element) {
        return element.getName() == null ? "" : element.getName().replaceAll("\\s+", "");
    }

    private static String place(BpmnShape shape) {
        return "@" + Math.round(shape.getBounds().getX()) + ","
                + Math.round(shape.getBounds().getY());
    }

    private static String words(Element element) {
        StringBuilder words = new StringBuilder();
        Xml.visit(element, (inner, owner) -> {
            if (inner.getLocalName().equals("tspan")) {
                words.append(inner.getTextContent().replaceAll("\\s+", ""));
            }
        });
        return words.toString();
    }

    private String read(String picture, java.nio.charset.Charset charset) {
        Path file = pictures.resolve(picture);
        try {
            return Files.exists(file) ? Files.readString(file, charset) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String checksum(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
