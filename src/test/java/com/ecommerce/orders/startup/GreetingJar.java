package com.ecommerce.orders.startup;

import com.example.greeting.GreetingInitializer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The jar of a user with the beans of {@link com.example.greeting} and files of settings. */
final class GreetingJar {

    private GreetingJar() {}

    static Path write(Path jar) throws IOException, URISyntaxException {
        Path classes = Path.of(GreetingInitializer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path folder = classes.resolve("com/example/greeting");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                add(out, "com/example/greeting/" + file.getFileName(), Files.readAllBytes(file));
            }
            add(
                    out,
                    "META-INF/spring.factories",
                    "org.springframework.context.ApplicationContextInitializer=" + GreetingInitializer.class.getName());
            add(out, "application-greeting.properties", "greeting.profile=read");
            add(out, "greeting.properties", "greeting.name=read");
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name, String text) throws IOException {
        add(out, name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content);
        out.closeEntry();
    }
}
