package com.ecommerce.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Searches every file of the repository for secrets, because everyone who has the repository can read them. */
class SecretsTest {

    private static final long LARGEST_SOURCE = 4L * 1024 * 1024;

    /** Patterns of secrets, by the name of the secret. No pattern matches its own source text. */
    private static final Map<String, Pattern> SECRETS = Map.of(
            "a private key", Pattern.compile("-----BEGIN [A-Z ]*PRIVATE[ ]KEY-----"),
            "a private JWK", Pattern.compile("\"d\"\\s*:\\s*\"[A-Za-z0-9_-]{40,}\""),
            "an AWS access key", Pattern.compile("\\b(AKIA|ASIA)[A-Z0-9]{16}\\b"),
            "an AWS secret key", Pattern.compile("(?i)aws_?secret[a-z_]*\\s*[=:]\\s*['\"]?[A-Za-z0-9/+]{40}\\b"),
            "a Google API key", Pattern.compile("\\bAIza[A-Za-z0-9_-]{35}\\b"),
            "a Google service account", Pattern.compile("\"private_key_id\"\\s*:\\s*\"[0-9a-f]{20,}\""),
            "an Azure storage key", Pattern.compile("Account[K]ey=[A-Za-z0-9+/]{40,}"),
            "a GitHub token", Pattern.compile("\\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40,})\\b"),
            "a Slack token", Pattern.compile("\\bxox[abprs]-[A-Za-z0-9-]{20,}"),
            "a password in a URL", Pattern.compile("\\b[a-z]+://[A-Za-z0-9._-]+:(?!password@)[^@\\s/$<{*'\"]{3,}@"));

    /** A JWT. Only the tokens of the files below are not from a real issuer. */
    private static final Pattern TOKEN =
            Pattern.compile("eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]*");

    private static final List<String> TOKENS_OF_NOBODY = List.of(
            "aws/src/main/java/com/ecommerce/orders/aws/snapstart/Priming.java",
            "src/test/resources/conformance/11-identity.json");

    private static final Pattern PASSWORD = Pattern.compile(
            "(?i)(password|passwd|api_?key|client_?secret)[\"']?\\s*[=:]\\s*[\"']?([^\\s\"',;)}`]{6,})");

    /** A name, a reference or a placeholder instead of a value. */
    private static final Pattern NO_VALUE = Pattern.compile(
            "[$<{\\[(@].*|.*[(<\\[{$].*|[a-z]+[A-Z.].*|[A-Z_]+|\\.\\.\\..*|[a-z]+(-[a-z]+)+(:[0-9]+)?|(?i)(null|unused|true|false|string|orders_api|orders_owner|settings|password.*|secret.*)");

    /** Returns the files of the repository. Without git, returns all files that no build and no run has made. */
    private static List<Path> files() throws IOException {
        try {
            Process git = new ProcessBuilder("git", "ls-files", "-z").start();
            String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (git.waitFor() == 0) {
                return Stream.of(names.split("\0"))
                        .map(Path::of)
                        .filter(Files::isRegularFile)
                        .toList();
            }
        } catch (IOException | InterruptedException noGit) {
            // The folder may be a copy without git.
        }
        try (Stream<Path> all = Files.walk(Path.of("").toAbsolutePath())) {
            return all.filter(Files::isRegularFile)
                    .map(Path.of("").toAbsolutePath()::relativize)
                    .filter(file -> !file.toString()
                            .matches("(target|[.]git|[.]data|.*/target)/.*|[.]env|local[.]settings[.]json"))
                    .toList();
        }
    }

    @Test
    void noFileContainsASecret() throws Exception {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            found.addAll(secretsIn(file));
        }

        assertThat(found).isEmpty();
    }

    @Test
    void noLocalFileIsInTheRepository() throws Exception {
        assertThat(files())
                .isNotEmpty()
                .extracting(Path::toString)
                .noneMatch(name -> name.matches(
                        "(.*/)?(\\.env|local\\.settings\\.json|deploy\\.env|.*\\.(pem|key|p12|jks|keystore))"))
                .noneMatch(name -> name.startsWith(".data/"));
    }

    private static List<String> secretsIn(Path file) throws IOException {
        if (Files.size(file) > LARGEST_SOURCE) {
            return List.of(file + " is too large to be looked through");
        }
        List<String> found = new ArrayList<>();
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .lines()
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            String place = file + ":" + (i + 1) + " holds ";
            String line = lines.get(i);
            SECRETS.forEach((name, secret) -> {
                if (secret.matcher(line).find()) {
                    found.add(place + name);
                }
            });
            if (TOKEN.matcher(line).find() && !TOKENS_OF_NOBODY.contains(file.toString())) {
                found.add(place + "a token");
            }
            Matcher password = PASSWORD.matcher(line);
            if (password.find() && !NO_VALUE.matcher(password.group(2)).matches()) {
                found.add(place + "a password: " + password.group(1));
            }
        }
        return found;
    }

    static Stream<String> secrets() {
        return Stream.of(
                "-----BEGIN RSA PRIVATE " + "KEY-----",
                "{\"kty\":\"RSA\",\"" + "d\":\"" + "a".repeat(43) + "\"}",
                "AK" + "IAIOSFODNN7EXAMPLE",
                "aws_secret_access_key = " + "a".repeat(40),
                "AI" + "za" + "a".repeat(35),
                "gh" + "p_" + "a".repeat(36),
                "postgres://app:hunter2" + "@db.example.org/orders",
                "DB_PASS" + "WORD=hunter2hunter2",
                "pass" + "word: 'Tr0ub4dor&3'",
                "ey" + "JhbGciOiJSUzI1NiJ9.ey" + "JzdWIiOiJhbGljZSJ9.c2ln");
    }

    /** Proves that the search finds each kind of secret. */
    @ParameterizedTest
    @MethodSource("secrets")
    void findsEachKindOfSecret(String secret, @org.junit.jupiter.api.io.TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "some text\n" + secret + "\n");

        assertThat(secretsIn(file)).isNotEmpty();
    }
}
