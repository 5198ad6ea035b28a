package org.redress.oversight;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;
import org.redress.engine.Roles;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * {@code POST /api/migrations}: lets chosen running cases go on by another version of their process. Tries it without doing it
 * unless {@code dryRun} is false. For administrators; shows no value of a case.
 */
@RestController
@RequestMapping("/api/migrations")
class MigrationsApi {

    private static final int MOST = 500;

    private final Migrations migrations;

    MigrationsApi(Migrations migrations) {
        this.migrations = migrations;
    }

    /**
     * What is wished.
     *
     * @param instructions ids of elements to the ids that they have in the new version, where these differ
     * @param dryRun true unless it says otherwise
     */
    record Wish(
            @Nullable List<String> caseNumbers,
            @Nullable String process,
            @Nullable Integer fromVersion,
            @Nullable Integer toVersion,
            @Nullable Map<String, String> instructions,
            @Nullable Boolean dryRun) {}

    /**
     * What came of it, case by case. 400: a version that there is not, or no case named; 403: no administrator. A case that
     * cannot go on there has its errors and stays where it is; others are not kept from it.
     */
    @PostMapping
    Answer migrate(@RequestBody Wish wish, Authentication who) {
        if (who.getAuthorities().stream().noneMatch(group -> Roles.ADMINISTRATOR.equals(group.getAuthority()))) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        if (wish.caseNumbers() == null
                || wish.caseNumbers().isEmpty()
                || wish.caseNumbers().size() > MOST
                || wish.caseNumbers().stream().anyMatch(Objects::isNull)) {
            throw new InvalidInput("caseNumbers names the cases, 1 to " + MOST);
        }
        if (wish.process() == null || wish.fromVersion() == null || wish.toVersion() == null) {
            throw new InvalidInput("process, fromVersion and toVersion say what goes where");
        }
        boolean dryRun = !Boolean.FALSE.equals(wish.dryRun());
        Map<String, String> instructions = wish.instructions() == null ? Map.of() : wish.instructions();
        return new Answer(
                dryRun,
                migrations.run(
                        wish.caseNumbers().stream().distinct().toList(),
                        wish.process(),
                        wish.fromVersion(),
                        wish.toVersion(),
                        instructions,
                        dryRun,
                        who.getName()));
    }

    @ExceptionHandler
    ProblemDetail invalid(InvalidInput problem) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, problem.getMessage());
    }

    /** @param dryRun whether nothing was changed */
    record Answer(boolean dryRun, List<Migrations.Result> cases) {}
}
