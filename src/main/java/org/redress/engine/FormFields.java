package org.redress.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;

/** Which fields a person can fill in on a Camunda Form; not what it only shows. */
public final class FormFields {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private FormFields() {}

    /**
     * Names of the fields, which are those of the variables that they become.
     *
     * @param form as it was deployed, JSON; read to its end and left open
     * @throws UncheckedIOException if it cannot be read
     */
    public static Set<String> of(InputStream form) {
        try {
            return FormCheck.enterable(MAPPER.readTree(form));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
