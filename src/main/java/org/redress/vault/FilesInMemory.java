package org.redress.vault;

import jakarta.servlet.MultipartConfigElement;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** While a document comes in, it lies in memory: no part of it that is taken ever becomes a temporary file. */
@Configuration(proxyBeanMethods = false)
class FilesInMemory {

    /** Room for the other fields of the form, and what stands around them. */
    private static final DataSize ENVELOPE = DataSize.ofKilobytes(16);

    /** The limit strikes before the threshold does, beyond which the server would write to a disk. */
    @Bean
    MultipartConfigElement documents(FileSettings settings) {
        long longest = settings.size().toBytes();
        return new MultipartConfigElement(
                "", longest, longest + ENVELOPE.toBytes(), Math.toIntExact(longest + ENVELOPE.toBytes()));
    }
}
