package org.redress.architecture.probe.notification;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** Broken together: one class of this room may know the engine. */
record FirstListener(DelegateExecution execution) {}
