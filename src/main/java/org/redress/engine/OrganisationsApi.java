package org.redress.engine;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Where an administrator registers the organisations that may become party to a case. */
@RestController
class OrganisationsApi {

    /**
     * @param name what people read in lists of choices
     * @param roles the roles in which it may be party; roles that it has already stay
     */
    record Registration(String name, List<String> roles) {}

    private final Organisations organisations;
    private final HouseRecord house;

    OrganisationsApi(Organisations organisations, HouseRecord house) {
        this.organisations = organisations;
        this.house = house;
    }

    @GetMapping("/api/organisations")
    List<Organisations.Registered> all(Authentication who) {
        onlyAdministrators(who);
        return organisations.all();
    }

    @PutMapping("/api/organisations/{id}")
    @Transactional
    List<Organisations.Registered> register(
            Authentication who, @PathVariable String id, @RequestBody Registration registration) {
        onlyAdministrators(who);
        if (registration.name() == null || registration.name().isBlank() || registration.roles() == null) {
            throw new InvalidInput(
                    "Give a name and a list of roles, such as {\"name\":\"Luma\",\"roles\":[\"smelter\"]}");
        }
        String before = roles(id);
        registration.roles().forEach(role -> organisations.register(id, role, registration.name()));
        house.note(who.getName(), "Organisation", id, before, roles(id));
        return organisations.all();
    }

    @ExceptionHandler(InvalidInput.class)
    ProblemDetail invalid(InvalidInput problem) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, problem.getMessage());
    }

    @ExceptionHandler(AccessDeniedException.class)
    ProblemDetail denied(AccessDeniedException problem) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN, "Only administrators register organisations.");
    }

    private String roles(String id) {
        return organisations.all().stream()
                .filter(known -> known.organisation().equals(id))
                .map(known -> known.role() + " as " + known.name())
                .collect(Collectors.joining(", "));
    }

    private static void onlyAdministrators(Authentication who) {
        if (who.getAuthorities().stream()
                .noneMatch(authority -> Roles.ADMINISTRATOR.equals(authority.getAuthority()))) {
            throw new AccessDeniedException("not an administrator");
        }
    }
}
