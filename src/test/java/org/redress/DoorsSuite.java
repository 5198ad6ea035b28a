package org.redress;

import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The product from outside: browsers, every route as everybody, attacks, sign-in. Runs beside {@link HouseSuite}. */
@Suite
@IncludeEngines("junit-jupiter")
@SelectPackages({"org.redress.access", "org.redress.attack", "org.redress.browser", "org.redress.signin"})
class DoorsSuite {}
