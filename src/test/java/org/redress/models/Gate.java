package org.redress.models;

import java.util.List;

/** A rule that every model must keep. */
interface Gate {

    List<Finding> findings(Models models, House house);
}
