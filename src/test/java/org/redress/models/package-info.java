/**
 * The models agree with themselves, with each other and with the Java beside them; and they can be read. No Spring, no
 * engine: only the files. Each gate is proved by faults planted into a small sound set ({@link PlantedFaultsTest}).
 */
@NullMarked
package org.redress.models;

import org.jspecify.annotations.NullMarked;
