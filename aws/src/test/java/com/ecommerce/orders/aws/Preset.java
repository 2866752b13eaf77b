package com.ecommerce.orders.aws;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The parameters that {@code scripts/deploy_aws.sh --preset} sets. */
final class Preset {

    private Preset() {}

    static Map<String, String> read(String file) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("=", 2))
                    .collect(toMap(pair -> pair[0], pair -> pair[1]));
        }
    }
}
