/** Sign-in by a provider of OpenID Connect: a real one on this machine, and the product beside it, in a process of its own. */
@NullMarked
package org.redress.signin;

import org.jspecify.annotations.NullMarked;
