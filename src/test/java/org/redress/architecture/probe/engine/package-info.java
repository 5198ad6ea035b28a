@org.jspecify.annotations.NullMarked
package org.redress.architecture.probe.engine;
