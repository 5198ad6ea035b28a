package org.redress.architecture.probe.remedy;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** Broken: a plain class knows the engine. */
record PlainCase(DelegateExecution execution) {}
