package com.ecommerce.orders.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A copy of a deployment script in a temporary folder, with a stand-in for every tool that the script calls. The account
 * behind the stand-ins is a few files in the folder {@code account}, where each stand-in also records its arguments.
 */
public final class DeploymentSandbox {

    private static final List<String> TOOLS = List.of("mvn", "java", "jar", "curl", "sleep");

    /** The beginning of each stand-in: its working directory is the account, and {@code $tool $*} is the command. */
    private static final String RECORD =
            """
            #!/usr/bin/env bash
            set -euo pipefail
            project=$PWD
            cd "$(dirname "${BASH_SOURCE[0]}")/../account"
            tool=${0##*/}
            if [[ $tool != sleep ]]; then printf '%s\\n' "$tool $*" >>calls; else echo "$tool $*" >>sleeps; fi
            # Prints the next response of the file named first. The last one stays.
            next_response() {
              head -n 1 "$1" | tr -d '\\n'
              if (($(wc -l <"$1") > 1)); then sed -i 1d "$1"; fi
            }
            """;

    private final Path root;
    private final String cloud;

    private DeploymentSandbox(Path root, String cloud) {
        this.root = root;
        this.cloud = cloud;
    }

    /**
     * Makes a sandbox in an empty folder.
     *
     * @param cloud the end of the script's name
     * @param tools the tools that only this script calls
     * @param standIn the part of the stand-ins behind the recording, in Bash
     */
    public static DeploymentSandbox create(Path root, String cloud, List<String> tools, String standIn)
            throws IOException {
        DeploymentSandbox sandbox = new DeploymentSandbox(root, cloud);
        sandbox.copy("scripts");
        sandbox.copy("scripts/lib");
        sandbox.copy(cloud);
        Files.createDirectories(root.resolve("account"));
        for (String tool : Stream.concat(TOOLS.stream(), tools.stream()).toList()) {
            sandbox.writeExecutable("tools/" + tool, RECORD + standIn);
        }
        sandbox.account("calls", "").account("sleeps", "");
        return sandbox;
    }

    /** Copies the files of a folder of the project, without its folders. */
    public void copy(String folder) throws IOException {
        Files.createDirectories(root.resolve(folder));
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, root.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Writes a file of the copy. */
    public void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    /** Writes a program of the copy. */
    public void writeExecutable(String file, String text) throws IOException {
        write(file, text);
        if (!root.resolve(file).toFile().setExecutable(true)) {
            throw new IOException("not executable: " + file);
        }
    }

    /** Writes a file of the account. Adds a line end, except to an empty text. */
    public DeploymentSandbox account(String file, String text) {
        try {
            write("account/" + file, text.isEmpty() || text.endsWith("\n") ? text : text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Returns the content of a file of the account. */
    public String account(String file) throws IOException {
        return Files.readString(path("account/" + file));
    }

    /** Returns a file of the copy. */
    public Path path(String file) {
        return root.resolve(file);
    }

    /** Returns every call of a tool, in order, except those of {@code sleep}. */
    public List<String> calls() throws IOException {
        return account("calls").lines().toList();
    }

    /** Returns how often the script has waited. */
    public int sleeps() throws IOException {
        return (int) account("sleeps").lines().count();
    }

    /** Runs the script. An operator types the input. */
    public Result run(String input, Map<String, String> environment, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(root.resolve("scripts/deploy_" + cloud + ".sh").toString()));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Files.writeString(path("account/typed"), input).toFile())
                .redirectError(path("account/complaints").toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("(DB_|MIGRATION_|AWS_|AZURE_).*|SMOKE_TOKEN|JAVA_HOME"));
        builder.environment().put("PATH", path("tools") + ":" + System.getenv("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output, account("complaints"));
    }

    /**
     * The end of a run.
     *
     * @param output what the script wrote to standard output
     * @param complaints what the script wrote to standard error
     */
    public record Result(int code, String output, String complaints) {

        /** Returns both outputs. */
        public String text() {
            return output + complaints;
        }

        /** Returns the commands that a dry run shows. */
        public List<String> commands() {
            return output.lines()
                    .filter(line -> line.startsWith("+ "))
                    .map(line -> line.substring(2))
                    .toList();
        }

        /** Returns the permissions that a dry run shows below the first command with this beginning. */
        public List<String> permissions(String command) {
            return output.lines()
                    .dropWhile(line -> !line.startsWith("+ " + command))
                    .skip(1)
                    .takeWhile(line -> line.startsWith("    needs "))
                    .map(line -> line.replace("    needs ", ""))
                    .toList();
        }

        /** Returns the commands with this beginning below which a dry run shows no permission. */
        public List<String> commandsWithoutPermissions(String beginning) {
            List<String> lines = output.lines().toList();
            List<String> found = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).startsWith("+ " + beginning)
                        && (i + 1 == lines.size() || !lines.get(i + 1).startsWith("    needs "))) {
                    found.add(lines.get(i).substring(2));
                }
            }
            return found;
        }
    }
}
