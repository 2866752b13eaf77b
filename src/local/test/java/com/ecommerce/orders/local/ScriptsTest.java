package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of the behavior that all scripts share. */
class ScriptsTest {

    private static final char ESCAPE = '\u001b';

    @TempDir
    Path directory;

    static List<Path> scripts() {
        return Stream.of("scripts", "benchmarks", "gcp")
                .flatMap(folder -> scriptsIn(Path.of(folder)).stream())
                .toList();
    }

    private static List<Path> scriptsIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sh"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void printTheirHelpWithoutColorsIfThereIsNoTerminal(Path script) throws Exception {
        Result help = run(script, "--help");

        assertThat(help.code()).isZero();
        assertThat(help.output()).startsWith("Usage: " + script).doesNotContain("" + ESCAPE);
        assertThat(help.complaints()).isEmpty();
    }

    /** An option has the same meaning on each cloud that has the option. */
    @Test
    void deployScriptsDescribeCommonOptionsEqually() throws Exception {
        String common = "(?m)^  --(skip-\\w+|set|yes|dry-run\\S*) .*(\n {10}.*)*";
        List<List<String>> options = new ArrayList<>();
        for (String cloud : List.of("aws", "azure", "gcp")) {
            String help =
                    run(Path.of("scripts/deploy_" + cloud + ".sh"), "--help").output();
            options.add(Pattern.compile(common)
                    .matcher(help)
                    .results()
                    .map(MatchResult::group)
                    .toList());
        }

        assertThat(options.get(0)).contains("  --skip-migration        leave the database schema as it is");
        assertThat(options.get(1)).containsAll(options.get(0));
        assertThat(options.get(2)).containsAll(options.get(1));
    }

    static List<Path> scriptsWithOptions() {
        return scripts().stream()
                .filter(script -> !read(script).contains("\napi_command "))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("scriptsWithOptions")
    void refuseAnUnknownOptionAndPrintTheirUsage(Path script) throws Exception {
        Result refused = run(script, "--no-such-option");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.complaints()).contains(script.toString()).doesNotContain("" + ESCAPE);
        assertThat(refused.output()).isEmpty();
    }

    /** Compiling takes a while, so the scripts must check their arguments first. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deploy_aws.sh --parameter AlarmEmail=a@example.com | --parameter is called --set now",
                "deploy_azure.sh --parameters my.json | --parameters is called --settings now",
                "deploy_azure.sh --location westeurope | --location is called --region now",
                "deploy_aws.sh --skip-app | --skip-app is only for: azure gcp",
                "deploy_gcp.sh --stack orders | --stack is only for: aws",
                "deploy_aws.sh --set | --set needs a value",
                "deploy_azure.sh --resource-group g --set alarmEmail | --set takes NAME=VALUE, not alarmEmail",
                "deploy_azure.sh --resource-group g --set noParameter=1 | azuredeploy.json has no parameter noParameter",
            })
    void refuseWrongArgumentsBeforeTheyCompile(String command, String complaint) throws Exception {
        Path tools = toolThat("mvn", "echo compiling");
        List<String> words = List.of(("scripts/" + command).split(" "));

        Result refused = run(words, tools);

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.complaints()).startsWith(words.get(0) + ": ").contains(complaint);
        assertThat(refused.output()).isEmpty();
    }

    /** Only the jar checks the arguments, so a script and the jar refuse the same arguments. */
    @ParameterizedTest
    @CsvSource({"migrate.sh, migrate", "tenant.sh, tenant"})
    void passAllArgumentsToTheCommandLineOfTheJar(String script, String command) throws Exception {
        toolThat("mvn", "mkdir -p target/local && touch target/local/program-classpath");
        Path tools = toolThat("java", "printf '%s\\n' \"$@\"");

        Result called = run(List.of("scripts/" + script, "--no-such-option", "two words"), tools);

        assertThat(called.code()).isZero();
        assertThat(called.output()).endsWith("\n" + command + "\n--no-such-option\ntwo words\n");
    }

    /** Without this option, a JVM without free memory would keep running and fail every request. */
    @Test
    void everyServingJvmEndsWhenMemoryRunsOut() {
        String flag = "-XX:+ExitOnOutOfMemoryError";
        assertThat(read(Path.of("scripts/image_files.sh")).lines().filter(line -> line.contains(" java.options -")))
                .hasSize(2)
                .allMatch(line -> line.contains(flag));
        assertThat(read(Path.of("scripts/lib/program.sh"))).contains(flag);
        assertThat(read(Path.of("pom.xml")))
                .contains("<spring-boot.run.jvmArguments>" + flag + "</spring-boot.run.jvmArguments>");
        assertThat(read(Path.of("scripts/deploy_gcp.sh"))).contains("\"JAVA_TOOL_OPTIONS=" + flag + "\"");
        assertThat(read(Path.of("docs/running.md"))).contains("java " + flag + " -jar");
        assertThat(read(Path.of("docs/deploying-azure.md"))).contains(flag);
    }

    /** Returns the folder of a program that replaces a tool. */
    private Path toolThat(String tool, String command) throws IOException {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        Path program = Files.writeString(tools.resolve(tool), "#!/bin/sh\n" + command + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return tools;
    }

    private static String read(Path script) {
        try {
            return Files.readString(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result run(Path script, String option) throws Exception {
        return run(List.of(script.toString(), option), directory);
    }

    private Result run(List<String> command, Path tools) throws Exception {
        Path complaints = directory.resolve("complaints");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("DB_") || name.equals("JAVA_HOME"));
        builder.environment().merge("PATH", tools.toString(), (path, first) -> first + ":" + path);
        Process process = builder.redirectError(complaints.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output, Files.readString(complaints));
    }

    private record Result(int code, String output, String complaints) {}
}
