package org.redress.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

/** A class such as lies about in many libraries: it acts as soon as it is made from data. */
public final class Gadget implements TaskListener {

    private String address = "";

    public String getAddress() {
        return address;
    }

    /** Calls the address. */
    public void setAddress(String address) {
        this.address = address;
        try {
            URI.create(address).toURL().openStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void notify(DelegateTask task) {
        task.setVariable("owned", "by a class");
    }
}
