package com.ecommerce.orders.gcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of {@code scripts/deploy_gcp.sh} in a temporary folder, with a stand-in for every tool that the script calls. Each
 * stand-in records its arguments. The project behind the stand-ins is a few files.
 */
final class DeployScript {

    /** An instance that is as the settings' defaults say. */
    static final String INSTANCE = "europe-west1|POSTGRES_16|db-custom-2-7680|ZONAL||True|7";

    private static final String STAND_IN =
            """
            #!/usr/bin/env bash
            set -euo pipefail
            cd "$(dirname "${BASH_SOURCE[0]}")/../project"
            tool=${0##*/}
            if [[ $tool != sleep ]]; then echo "$tool $*" >>calls; else echo "$tool $*" >>sleeps; fi
            case "$tool $*" in
            'gcloud auth list '*) echo ada@example.com ;;
            'gcloud projects describe '*) ;;
            'gcloud secrets create '*) cat >secret ;;
            *' describe '*'--format=none')
              if [[ -f failure ]]; then
                cat failure >&2
                exit 1
              fi
              if [[ ! -f present ]]; then
                echo 'ERROR: NOT_FOUND: the resource was not found' >&2
                exit 1
              fi
              ;;
            'gcloud sql instances describe '*) cat instance ;;
            *'status.traffic'*) cat revisions ;;
            *'status.latestReadyRevisionName'*) echo orders-00002-new ;;
            *'status.url'*) echo https://orders.a.run.app ;;
            *'defaultHostname'*) echo api.example.com ;;
            'gcloud logging read '*) cat errors ;;
            'gcloud secrets versions access '*)
              if [[ ! -f password ]]; then
                echo 'ERROR: PERMISSION_DENIED' >&2
                exit 1
              fi
              cat password
              ;;
            'gcloud sql users create orders_owner '*)
              all=$*
              file=${all#*--flags-file=}
              cp "${file%% *}" owner.yaml
              ;;
            *'channels create '*) echo projects/my-project/notificationChannels/7 ;;
            *'uptime create '*) echo projects/my-project/uptimeCheckConfigs/orders-ready ;;
            *'policies create '*)
              all=$*
              file=${all#*--policy-from-file=}
              cp "${file%% *}" policies/
              ;;
            'curl '*)
              url=${*: -1}
              responses=responses${url##*/}
              if [[ $url == *a.run.app* ]]; then responses=direct; fi
              head -n 1 "$responses" | tr -d '\\n'
              if (($(wc -l <"$responses") > 1)); then sed -i 1d "$responses"; fi
              ;;
            esac
            """;

    private final Path root;

    DeployScript(Path root) throws IOException {
        this.root = root;
        for (String folder : List.of("scripts/lib", "gcp/alarms", "tools", "project/policies")) {
            Files.createDirectories(root.resolve(folder));
        }
        for (String file : List.of("scripts/deploy_gcp.sh", "scripts/lib/terminal.sh", "scripts/migrate.sh")) {
            Files.copy(Path.of(file), root.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        for (String folder : List.of("gcp", "gcp/alarms")) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, root.resolve(file));
                }
            }
        }
        for (String tool : List.of("gcloud", "mvn", "java", "curl", "sleep", "cloud-sql-proxy")) {
            Path file = root.resolve("tools").resolve(tool);
            Files.writeString(file, STAND_IN);
            if (!file.toFile().setExecutable(true)) {
                throw new IOException("not executable: " + file);
            }
        }
        settings();
        project("instance", INSTANCE);
        project("revisions", "orders-00001-old");
        project("errors", "");
        project("password", "made up");
        project("responseshealth", "200");
        project("responsesready", "200");
        project("responsesorders", "401");
        project("direct", "403");
    }

    /** Writes the settings, after those of the example. */
    void settings(String... lines) throws IOException {
        Files.writeString(
                root.resolve("gcp/deploy.env"),
                Files.readString(Path.of("gcp/deploy.env.example")) + String.join("\n", lines) + "\n");
    }

    /** Writes a file of the project. */
    void project(String file, String text) throws IOException {
        Files.writeString(root.resolve("project").resolve(file), text.isEmpty() ? "" : text + "\n");
    }

    /** Makes every resource exist. */
    void isDeployed() throws IOException {
        project("present", "");
    }

    /** Removes a file of the project. */
    void remove(String file) throws IOException {
        Files.delete(root.resolve("project").resolve(file));
    }

    /** Returns the options with which the schema's owner was made. */
    String owner() throws IOException {
        return Files.readString(root.resolve("project/owner.yaml"));
    }

    /** Lets the script start the proxy at another port. */
    void proxyPort(int port) throws IOException {
        Path file = root.resolve("scripts/deploy_gcp.sh");
        Files.writeString(file, Files.readString(file).replace("proxy_port=15432", "proxy_port=" + port));
    }

    /** Every call of a tool, in order, but those of sleep. */
    List<String> calls() throws IOException {
        Path calls = root.resolve("project/calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /** How often the script has waited. */
    int sleeps() throws IOException {
        Path sleeps = root.resolve("project/sleeps");
        return Files.exists(sleeps) ? Files.readAllLines(sleeps).size() : 0;
    }

    /** The alert policies that were made. */
    List<Path> policies() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("project/policies"))) {
            return files.toList();
        }
    }

    /** Runs everything but the migration. */
    Result deploy(String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--skip-migration"));
        all.addAll(List.of(options));
        return run(all.toArray(String[]::new));
    }

    Result run(String... options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(root.resolve("scripts/deploy_gcp.sh").toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("DB_") || name.equals("SMOKE_TOKEN"));
        builder.environment().put("PATH", root.resolve("tools") + ":" + System.getenv("PATH"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    /**
     * The end of a run.
     *
     * @param output both of standard output and standard error
     */
    record Result(int code, String output) {}
}
