package org.redress.engine;

import java.util.List;

/** Keys for the codes in the cookies of sessions: the same on every node, and nowhere in the database. */
public interface CookieKeys {

    /** The key for new cookies first, then others that still count, while one takes the place of the other; 32 bytes each. */
    List<byte[]> cookieKeys();
}
