package org.redress;

import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the whole product: engine, web apps and API in one process. The JVM keeps UTC, as the database does. */
@SpringBootApplication
public class RedressApplication {

    public static void main(String[] args) {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        SpringApplication.run(RedressApplication.class, args);
    }
}
