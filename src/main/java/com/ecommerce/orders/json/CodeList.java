package com.ecommerce.orders.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** A list of codes. It is part of this project, because the lists of different JDKs differ. */
enum CodeList {
    /** ISO 4217. */
    CURRENCIES("currencies.txt"),
    /** ISO 3166-1 alpha-2. */
    COUNTRIES("countries.txt");

    private final Set<String> codes;

    CodeList(String resource) {
        try (InputStream lines = CodeList.class.getResourceAsStream(resource)) {
            if (lines == null) {
                throw new IllegalStateException(resource + " is missing in the artifact. Build the artifact again.");
            }
            codes = new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean contains(String code) {
        return codes.contains(code);
    }
}
