package org.redress.architecture.probe.remedy;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** Sound: a class of this name may know the engine. */
record ProbeTasks(DelegateExecution execution) {}
