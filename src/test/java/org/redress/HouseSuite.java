package org.redress;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * Everything that {@link DoorsSuite}, {@link WholeOnH2Suite} and {@link WithoutHouseSuite} leave: processes and decisions. All
 * of it in one JVM, since the last two tests look at what the others left: whether every element was walked, and whether
 * anything told in confidence leaked.
 */
@Suite
@IncludeEngines("junit-jupiter")
@SelectPackages("org.redress")
@ExcludeClassNamePatterns({".*WholeOnH2Test", WithoutHouseSuite.CLASSES})
@ExcludePackages({"org.redress.access", "org.redress.attack", "org.redress.browser", "org.redress.signin"})
class HouseSuite {}
