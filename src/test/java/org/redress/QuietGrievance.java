package org.redress;

import java.util.Map;
import org.redress.engine.Cases;
import org.springframework.context.ApplicationContext;

/** A grievance from an outside system in which nobody is in a hurry or in danger, for tests that start the product themselves. */
public final class QuietGrievance {

    private QuietGrievance() {}

    /** Files it; gives the number of its case. */
    public static String file(ApplicationContext house) {
        return house.getBean(Cases.class)
                .start(
                        "grievance-received",
                        Map.of(
                                "channel", "PARTNER_SYSTEM",
                                "reporterType", "NGO",
                                "anonymous", false,
                                "language", "en",
                                "whereCountry", "CD",
                                "ongoing", "NO",
                                "childrenInvolved", false,
                                "fearOfRetaliation", "NONE"))
                .caseNumber();
    }
}
