package org.redress.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnDiagram;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.DiagramElement;
import org.jspecify.annotations.Nullable;

/** A diagram can be read by a stranger, as far as a formula can tell. Each plane is a page of its own. */
final class LayoutGate implements Gate {

    /** One screen: what is wider or higher is scrolled, and nobody follows a line past the edge. */
    static final Box SHEET = Box.of(0, 0, 2600, 1400);

    static final int ELEMENTS_A_PAGE = 20;

    /** Event subprocesses beside them, which stand apart below the flow. */
    static final int EVENTS_A_PAGE = 7;

    /** Lines are thin, and a point of air is no gap. */
    private static final double TOUCH = 1.5;

    private record Shape(String id, @Nullable FlowNode node, Box box, boolean expanded) {

        boolean holds(Shape other) {
            return expanded && box.contains(other.box);
        }

        boolean carries(Shape other) {
            return other.node instanceof BoundaryEvent event
                    && event.getAttachedTo() != null
                    && event.getAttachedTo().getId().equals(id);
        }
    }

    private record Flow(String id, String source, String target, List<Box.Line> lines) {

        Box.Point start() {
            return lines.get(0).from();
        }

        Box.Point end() {
            return lines.get(lines.size() - 1).to();
        }
    }

    private record Label(String id, Box box) {}

    private record Page(ProcessFile process, List<Shape> shapes, List<Flow> flows, List<Label> labels) {}

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>();
        for (ProcessFile process : models.processes()) {
            for (BpmnDiagram diagram : process.all(BpmnDiagram.class)) {
                Page page = page(process, diagram, findings);
                sheet(page, findings);
                shapes(page, findings);
                flows(page, findings);
                labels(page, findings);
            }
        }
        return findings;
    }

    private static Page page(ProcessFile process, BpmnDiagram diagram, List<Finding> findings) {
        Page page = new Page(process, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (DiagramElement element : diagram.getBpmnPlane().getDiagramElements()) {
            if (element instanceof BpmnShape shape && shape.getBpmnElement() != null) {
                BaseElement drawn = shape.getBpmnElement();
                page.shapes.add(new Shape(
                        drawn.getId(),
                        drawn instanceof FlowNode node ? node : null,
                        box(shape.getBounds()),
                        drawn instanceof SubProcess && shape.isExpanded()));
                if (!(drawn instanceof Activity)) {
                    label(page, drawn, shape.getBpmnLabel(), findings);
                }
            } else if (element instanceof BpmnEdge edge && edge.getBpmnElement() instanceof SequenceFlow flow) {
                List<Box.Point> points = edge.getWaypoints().stream()
                        .map(point -> new Box.Point(point.getX(), point.getY()))
                        .toList();
                List<Box.Line> lines = new ArrayList<>();
                for (int i = 1; i < points.size(); i++) {
                    lines.add(new Box.Line(points.get(i - 1), points.get(i)));
                }
                if (!lines.isEmpty()) {
                    page.flows.add(new Flow(
                            flow.getId(),
                            flow.getSource().getId(),
                            flow.getTarget().getId(),
                            lines));
                }
                label(page, flow, edge.getBpmnLabel(), findings);
            }
        }
        return page;
    }

    private static void label(Page page, BaseElement drawn, @Nullable BpmnLabel label, List<Finding> findings) {
        String name = Optional.ofNullable(drawn.getAttributeValue("name")).orElse("");
        if (name.isBlank()) {
            return;
        }
        if (label == null || label.getBounds() == null) {
            findings.add(page.process.finding(drawn.getId(), "has a label without a place; put it where it is free"));
            return;
        }
        if (!Lettering.isWideEnough(name, box(label.getBounds()))) {
            findings.add(page.process.finding(drawn.getId(), "has a label that breaks inside a word; make it wider"));
        }
        page.labels.add(new Label(drawn.getId(), Lettering.label(name, box(label.getBounds()))));
    }

    private static Box box(Bounds bounds) {
        return Box.of(bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
    }

    private static void sheet(Page page, List<Finding> findings) {
        for (Shape shape : page.shapes) {
            if (!SHEET.contains(shape.box)) {
                findings.add(page.process.finding(shape.id, "is off the sheet of 2600 by 1400"));
            }
        }
        for (Flow flow : page.flows) {
            if (!flow.lines.stream().allMatch(line -> SHEET.contains(line.from()) && SHEET.contains(line.to()))) {
                findings.add(page.process.finding(flow.id, "leaves the sheet of 2600 by 1400"));
            }
        }
        long all = page.shapes.stream().filter(shape -> shape.node != null).count();
        // What may happen at any time stands apart below the flow, each on a page of its own.
        long atAnyTime = page.shapes.stream()
                .filter(shape -> shape.node instanceof SubProcess sub && sub.triggeredByEvent())
                .count();
        long nodes = all - atAnyTime;
        if (atAnyTime > EVENTS_A_PAGE) {
            findings.add(page.process.finding(
                    page.shapes.get(0).id,
                    "is on a page with " + atAnyTime + " event subprocesses; nobody takes in more than "
                            + EVENTS_A_PAGE));
        }
        if (nodes > ELEMENTS_A_PAGE) {
            findings.add(page.process.finding(
                    page.shapes.get(0).id,
                    "is on a page with " + nodes + " elements; find the subprocess that hides in them"));
        }
    }

    private static void shapes(Page page, List<Finding> findings) {
        for (int i = 0; i < page.shapes.size(); i++) {
            Shape one = page.shapes.get(i);
            for (Shape other : page.shapes.subList(i + 1, page.shapes.size())) {
                boolean belong = one.holds(other) || other.holds(one) || one.carries(other) || other.carries(one);
                if (!belong && one.box.overlaps(other.box)) {
                    findings.add(page.process.finding(one.id, "overlaps " + other.id));
                }
                if (one.carries(other) && hidesMarker(one, other)) {
                    findings.add(page.process.finding(other.id, "hides the marker of " + one.id + "; move it aside"));
                }
            }
            String name = one.node == null || one.node.getName() == null ? "" : one.node.getName();
            if (one.node instanceof Activity && !one.expanded && !Lettering.fits(name, one.box)) {
                findings.add(page.process.finding(one.id, "has a name that does not fit into its box; say it shorter"));
            }
        }
    }

    /** The marker of a subprocess, a called process or a repetition stands at the lower edge, in the middle. */
    private static boolean hidesMarker(Shape host, Shape event) {
        boolean marked = host.node instanceof SubProcess
                || host.node instanceof CallActivity
                || (host.node instanceof Activity activity && activity.getLoopCharacteristics() != null);
        double middle = (host.box.left() + host.box.right()) / 2;
        Box marker = new Box(middle - 8, host.box.bottom() - 22, middle + 8, host.box.bottom());
        return marked && !host.expanded && marker.overlaps(event.box);
    }

    private static void flows(Page page, List<Finding> findings) {
        for (int i = 0; i < page.flows.size(); i++) {
            Flow flow = page.flows.get(i);
            direction(page, flow, findings);
            docked(page, flow, findings);
            for (Shape shape : page.shapes) {
                through(page, flow, shape, findings);
            }
            for (Flow other : page.flows.subList(i + 1, page.flows.size())) {
                if (cross(flow, other)) {
                    findings.add(page.process.finding(flow.id, "crosses or covers " + other.id));
                }
            }
        }
    }

    private static void direction(Page page, Flow flow, List<Finding> findings) {
        boolean left =
                flow.lines.stream().anyMatch(line -> line.to().x() < line.from().x() - TOUCH);
        boolean loop = flow.id.startsWith("loop_");
        if (left && !loop) {
            findings.add(page.process.finding(
                    flow.id, "runs to the left; only a way back does, and its id begins with loop_"));
        } else if (!left && loop) {
            findings.add(page.process.finding(flow.id, "is called a way back and runs to the right"));
        }
    }

    private static void docked(Page page, Flow flow, List<Finding> findings) {
        for (Shape shape : page.shapes) {
            boolean loose = (shape.id.equals(flow.source) && !isOnBorder(shape.box, flow.start()))
                    || (shape.id.equals(flow.target) && !isOnBorder(shape.box, flow.end()));
            if (loose) {
                findings.add(page.process.finding(flow.id, "does not end at the border of " + shape.id));
            }
        }
    }

    private static boolean isOnBorder(Box box, Box.Point point) {
        return box.inset(-TOUCH).contains(point) && !box.inset(TOUCH).contains(point);
    }

    private static void through(Page page, Flow flow, Shape shape, List<Finding> findings) {
        if (shape.expanded) {
            return;
        }
        Box inside = shape.box.inset(TOUCH);
        if (flow.lines.stream().anyMatch(inside::isCrossedBy)) {
            findings.add(page.process.finding(flow.id, "runs through " + shape.id));
        }
    }

    /** Flows may branch off a common trunk and run into a common end; all else keeps apart. */
    private static boolean cross(Flow one, Flow other) {
        for (int i = 0; i < one.lines.size(); i++) {
            for (int j = 0; j < other.lines.size(); j++) {
                int fromEnd = Math.max(one.lines.size() - i, other.lines.size() - j);
                boolean allowed = (Math.max(i, j) <= 1 && branchOff(one, other))
                        || (fromEnd <= 2 && runTogether(one, other))
                        || one.end().equals(other.start())
                        || other.end().equals(one.start());
                if (!allowed && one.lines.get(i).meets(other.lines.get(j))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean branchOff(Flow one, Flow other) {
        Box.Line trunk = one.lines.get(0);
        Box.Line otherTrunk = other.lines.get(0);
        return one.start().equals(other.start()) && (trunk.holds(otherTrunk.to()) || otherTrunk.holds(trunk.to()));
    }

    private static boolean runTogether(Flow one, Flow other) {
        Box.Line last = one.lines.get(one.lines.size() - 1);
        Box.Line otherLast = other.lines.get(other.lines.size() - 1);
        return one.end().equals(other.end()) && (last.holds(otherLast.from()) || otherLast.holds(last.from()));
    }

    private static void labels(Page page, List<Finding> findings) {
        for (int i = 0; i < page.labels.size(); i++) {
            Label label = page.labels.get(i);
            Box box = label.box.inset(TOUCH);
            if (!SHEET.contains(box)) {
                findings.add(page.process.finding(label.id, "has its label off the sheet"));
            }
            for (Shape shape : page.shapes) {
                if (!shape.expanded && box.overlaps(shape.box)) {
                    findings.add(page.process.finding(label.id, "has its label on " + shape.id));
                }
            }
            for (Flow flow : page.flows) {
                if (flow.lines.stream().anyMatch(box::isCrossedBy)) {
                    findings.add(page.process.finding(label.id, "has its label on the line of " + flow.id));
                }
            }
            for (Label other : page.labels.subList(i + 1, page.labels.size())) {
                if (box.overlaps(other.box.inset(TOUCH))) {
                    findings.add(page.process.finding(label.id, "has its label on that of " + other.id));
                }
            }
        }
    }
}
