package com.ecommerce.orders.aws;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A copy of {@code scripts/deploy_aws.sh} in a temporary folder, with a stand-in for every tool that the script calls. Each
 * stand-in records its arguments. The account behind the stand-ins is a few files.
 */
final class DeployScript {

    private static final String STAND_IN =
            """
            #!/usr/bin/env bash
            set -euo pipefail
            cd "$(dirname "${BASH_SOURCE[0]}")/../account"
            tool=${0##*/}
            if [[ $tool != sleep ]]; then echo "$tool $*" >>calls; else echo "$tool $*" >>sleeps; fi
            case "$tool $*" in
            'aws sts '*) echo 123456789012 ;;
            'aws lambda get-account-settings '*) cat unreserved ;;
            *'Stacks[0].StackStatus'*)
              if [[ ! -s status ]]; then
                echo 'Stack with id orders-api does not exist' >&2
                exit 254
              fi
              cat status
              ;;
            'aws cloudformation describe-stacks '*)
              all=$*
              name=${all##*OutputKey==\\'}
              sed -n "s/^${name%%\\'*}=//p" outputs
              ;;
            'aws rds generate-db-auth-token '*) echo "token of ${*: -1}" ;;
            'aws secretsmanager '*) echo '{"username":"orders_app","password":"made up"}' ;;
            'sam deploy '*--no-execute-changeset*) ;;
            'sam deploy '*)
              echo UPDATE_COMPLETE >status
              if [[ -f outputs.next ]]; then mv outputs.next outputs; fi
              ;;
            *time_connect*) printf '0.01' ;;
            *'--output target/'*) mkdir -p ../target && echo certificates >../target/rds-global-bundle.pem ;;
            'curl '*)
              url=${*: -1}
              responses=responses${url##*/}
              head -n 1 "$responses" | tr -d '\\n'
              if (($(wc -l <"$responses") > 1)); then sed -i 1d "$responses"; fi
              ;;
            esac
            """;

    private static final String MIGRATE =
            """
            #!/usr/bin/env bash
            cd "$(dirname "${BASH_SOURCE[0]}")/../account"
            echo "migrate.sh $* as $DB_OWNER with $DB_OWNER_PASSWORD for $DB_USER${DB_PASSWORD:+ with $DB_PASSWORD}" >>calls
            """;

    private final Path root;

    DeployScript(Path root) throws IOException {
        this.root = root;
        for (String folder : List.of("scripts/lib", "aws", "tools", "account", "target")) {
            Files.createDirectories(root.resolve(folder));
        }
        for (String file : List.of("scripts/deploy_aws.sh", "scripts/lib/terminal.sh")) {
            Files.copy(Path.of(file), root.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        try (Stream<Path> files = Files.list(Path.of("aws"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, root.resolve(file));
            }
        }
        for (String tool : List.of("aws", "sam", "mvn", "java", "curl", "sleep")) {
            write(root.resolve("tools").resolve(tool), STAND_IN);
        }
        write(root.resolve("scripts/migrate.sh"), MIGRATE);
        Files.writeString(root.resolve("target/ecommerce-order-api-aws.zip"), "");
        account("unreserved", "1000");
        account("status", "");
        account("outputs", outputs("iam"));
        account("responseshealth", "200");
        account("responsesready", "200");
        account("responsesorders", "401");
    }

    /** The outputs of a stack in which the application logs in that way. */
    static String outputs(String login) {
        return String.join(
                "\n",
                "ApiUrl=https://api.example.com",
                "DatabaseEndpoint=db.example.com",
                "DatabaseName=orders",
                "DatabaseUser=orders_app",
                "DatabaseOwner=orders_owner",
                "DatabaseLogin=" + login,
                "ApplicationSecretArn=arn:secret",
                "MigrationPolicyArn=arn:policy");
    }

    /** Writes a file of the account. */
    void account(String file, String text) throws IOException {
        Files.writeString(root.resolve("account").resolve(file), text.isEmpty() ? "" : text + "\n");
    }

    /** Every call of a tool, in order, but those of sleep. */
    List<String> calls() throws IOException {
        Path calls = root.resolve("account/calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /** How often the script has waited. */
    int sleeps() throws IOException {
        Path sleeps = root.resolve("account/sleeps");
        return Files.exists(sleeps) ? Files.readAllLines(sleeps).size() : 0;
    }

    Result run(Map<String, String> environment, String... options) throws IOException, InterruptedException {
        return runWithInput("", environment, options);
    }

    /** Runs the script and gives it the lines that an operator types. */
    Result runWithInput(String input, Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(root.resolve("scripts/deploy_aws.sh").toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("DB_") || name.startsWith("MIGRATION_"));
        builder.environment().putAll(environment);
        builder.environment().put("PATH", root.resolve("tools") + ":" + System.getenv("PATH"));
        builder.environment().put("AWS_REGION", "eu-central-1");
        builder.redirectInput(
                Files.writeString(root.resolve("account/typed"), input).toFile());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("not executable: " + file);
        }
    }

    /**
     * The end of a run.
     *
     * @param output both of standard output and standard error
     */
    record Result(int code, String output) {}
}
