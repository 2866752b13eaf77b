package com.ecommerce.orders.aws;

import com.ecommerce.orders.testkit.DeploymentSandbox;
import com.ecommerce.orders.testkit.DeploymentSandbox.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The script {@code scripts/deploy_aws.sh} in a sandbox. The account has no stack yet. */
final class DeployScript {

    private static final String STAND_IN =
            """
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
            'aws ecr describe-repositories '*) cat repository || exit 254 ;;
            'aws ecr create-repository '*) echo 123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders-api-orders ;;
            'aws ecr get-login-password') echo registry-password ;;
            'aws ecr describe-images '*) echo sha256:abc ;;
            'docker version '*) cat processor ;;
            'docker login '*) cat >login ;;
            'sam deploy '*--no-execute-changeset*) ;;
            'sam deploy '*)
              echo UPDATE_COMPLETE >status
              if [[ -f outputs.next ]]; then mv outputs.next outputs; fi
              ;;
            *time_connect*) printf '0.01' ;;
            *'--output target/'*) mkdir -p ../target && echo certificates >../target/rds-global-bundle.pem ;;
            'curl '*)
              url=${*: -1}
              next_response "responses${url##*/}"
              ;;
            esac
            """;

    private static final String MIGRATE =
            """
            #!/usr/bin/env bash
            cd "$(dirname "${BASH_SOURCE[0]}")/../account"
            echo "migrate.sh $* as $DB_OWNER with $DB_OWNER_PASSWORD for $DB_USER${DB_PASSWORD:+ with $DB_PASSWORD}" >>calls
            """;

    private final DeploymentSandbox sandbox;

    DeployScript(Path root) throws IOException {
        sandbox = DeploymentSandbox.create(root, "aws", List.of("aws", "sam", "docker"), STAND_IN);
        sandbox.writeExecutable("scripts/migrate.sh", MIGRATE);
        sandbox.write("target/ecommerce-order-api-aws.zip", "");
        account("unreserved", "1000");
        account("status", "");
        account("processor", "arm64");
        account("outputs", outputs("iam"));
        account("responseshealth", "200");
        account("responsesready", "200");
        account("responsesorders", "401");
    }

    /** Returns the outputs of a stack in which the application logs in that way. */
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

    void account(String file, String text) {
        sandbox.account(file, text);
    }

    void write(String file, String text) throws IOException {
        sandbox.write(file, text);
    }

    String file(String file) throws IOException {
        return Files.readString(sandbox.path(file));
    }

    List<String> calls() throws IOException {
        return sandbox.calls();
    }

    int sleeps() throws IOException {
        return sandbox.sleeps();
    }

    Result run(Map<String, String> environment, String... options) throws IOException, InterruptedException {
        return runWithInput("", environment, options);
    }

    /** Runs the script with the lines that an operator types. */
    Result runWithInput(String input, Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("AWS_REGION", "eu-central-1");
        return sandbox.run(input, all, List.of(options));
    }
}
