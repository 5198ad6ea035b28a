/**
 * Keeps confidential values: the engine holds references, the values lie here, sealed; who may read them, who did, and how
 * they are erased (remedy.md C).
 */
@NullMarked
package org.redress.vault;

import org.jspecify.annotations.NullMarked;
