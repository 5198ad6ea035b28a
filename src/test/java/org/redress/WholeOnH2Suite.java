package org.redress;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Whole test classes once more on the embedded database of the first look, in a JVM of its own. */
@Suite
@IncludeEngines("junit-jupiter")
@SelectPackages("org.redress")
@IncludeClassNamePatterns(".*WholeOnH2Test")
class WholeOnH2Suite {}
