package org.redress;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * What needs neither the house that the tests of {@link HouseSuite} share nor what they leave: gates over the models, and
 * tests that start a house or a part of one for themselves. Run by the JVM that comes to its end first, so that both do at
 * about the same time.
 */
@Suite
@IncludeEngines("junit-jupiter")
@SelectPackages("org.redress")
@IncludeClassNamePatterns(WithoutHouseSuite.CLASSES)
class WithoutHouseSuite {

    static final String CLASSES =
            "org\\.redress\\.(models\\.(Audiences|ElementTemplates|Layout|Models|Pictures|PlantedFaults)"
                    + "|intake\\.(GrievanceApi|IntakeOnH2)|notification\\.OutboxOn(H2|Postgres)"
                    + "|oversight\\.LiveModels|vault\\.(MasterKeys|VaultOnH2))Test";
}
