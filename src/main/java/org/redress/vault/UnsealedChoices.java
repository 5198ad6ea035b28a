package org.redress.vault;

import java.util.Optional;
import java.util.Set;
import org.redress.engine.Roles;

/**
 * Choices about a survivor that steer the process and so lie in the engine as they are, though remedy.md C counts them as
 * survivor data (DC3), which it gives neither administrators nor Cockpit: an administrator, and an overseer who is nothing else
 * here, sees a mask in their place. What is sealed by now stays among them, for the answers from before.
 */
public final class UnsealedChoices {

    /** The names of these fields, in the forms of all versions. */
    public static final Set<String> NAMES = Set.of(
            "provider",
            "providerName",
            "stoppedWith",
            "service",
            "services",
            "backWithExploiter",
            "personAway",
            "safetyIncident",
            "safetyIncidents",
            "safetyPlanRoute",
            "rescueRoute",
            "cooperationRoute",
            "guardianAsked",
            "householdPoor",
            "safeHome",
            "siblingsAtRisk",
            "guardianImplicated",
            "guardianConflict",
            "backReason",
            "needsCovered",
            "wantsToCooperate",
            "guardianSafe",
            "atSite",
            "childPackage",
            "helpStopped",
            "failingHelp",
            "withdrawnFrom",
            "moneyOwed",
            "rescueWanted");

    private static final Set<String> WATCH_ONLY = Set.of(Roles.ADMINISTRATOR, Roles.OVERSEER);

    private UnsealedChoices() {}

    static Optional<String> veil(String name, Object value) {
        return Optional.of(EngineValues.MASK);
    }

    /** @param groups the roles and organisations of whoever reads */
    static boolean areHiddenFrom(Set<String> groups) {
        if (groups.contains(Roles.ADMINISTRATOR)) {
            return true;
        }
        return groups.stream().anyMatch(WATCH_ONLY::contains)
                && Roles.all().stream()
                        .filter(role -> !WATCH_ONLY.contains(role))
                        .noneMatch(groups::contains);
    }
}
