package org.redress.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A task that is changed over REST ({@code PUT /task/{id}}), where Tasklist sets a follow-up date. Tasklist sends back the
 * whole task as it was shown to it, with parts that the engine's interface cannot read; and what somebody leaves out, the
 * engine would empty. The engine is handed what it can change, the rest as it is. Who may change what, {@link
 * TaskCommandGuard} says.
 */
final class TaskChanges extends OncePerRequestFilter {

    private static final Pattern TASK =
            Pattern.compile("(?:/engine-rest(?:/engine/[^/]+)?|/camunda/api/engine/engine/[^/]+)/task/(?<id>[^/]+)");

    private static final Set<String> CHANGEABLE = Set.of(
            "name",
            "description",
            "assignee",
            "owner",
            "delegationState",
            "due",
            "followUp",
            "priority",
            "parentTaskId",
            "caseInstanceId",
            "tenantId");

    /** As the engine's interface writes and reads it. */
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProcessEngine engine;

    TaskChanges(ProcessEngine engine) {
        this.engine = engine;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Matcher path = TASK.matcher(Security.path(request));
        if (!HttpMethod.PUT.matches(request.getMethod())
                || !path.matches()
                || !String.valueOf(request.getContentType())
                        .toLowerCase(Locale.ROOT)
                        .contains("json")) {
            chain.doFilter(request, response);
            return;
        }
        // Checked and of a size already (LimitedBodies).
        byte[] body = request.getInputStream().readAllBytes();
        JsonNode sent = JSON.readTree(body);
        Task task = task(path.group("id"));
        if (sent instanceof ObjectNode change && task != null) {
            change.retain(CHANGEABLE);
            complete(change, task);
            body = JSON.writeValueAsBytes(change);
        }
        chain.doFilter(new ReadAgain(request, body), response);
    }

    /** Null when there is no such task, or it is not theirs: that is the engine's to say. */
    private @Nullable Task task(String id) {
        try {
            return engine.getTaskService().createTaskQuery().taskId(id).singleResult();
        } catch (AuthorizationException e) {
            return null;
        }
    }

    private static void complete(ObjectNode change, Task task) {
        keep(change, "name", task.getName());
        keep(change, "description", task.getDescription());
        keep(change, "assignee", task.getAssignee());
        keep(change, "owner", task.getOwner());
        keep(
                change,
                "delegationState",
                task.getDelegationState() == null
                        ? null
                        : task.getDelegationState().name());
        keep(change, "due", moment(task.getDueDate()));
        keep(change, "followUp", moment(task.getFollowUpDate()));
        keep(change, "parentTaskId", task.getParentTaskId());
        keep(change, "caseInstanceId", task.getCaseInstanceId());
        keep(change, "tenantId", task.getTenantId());
        if (!change.has("priority")) {
            change.put("priority", task.getPriority());
        }
    }

    private static void keep(ObjectNode change, String name, @Nullable String value) {
        if (!change.has(name)) {
            change.put(name, value);
        }
    }

    private static @Nullable String moment(@Nullable Date date) {
        return date == null ? null : MOMENT.format(date.toInstant());
    }
}
