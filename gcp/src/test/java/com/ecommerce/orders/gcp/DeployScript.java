package com.ecommerce.orders.gcp;

import com.ecommerce.orders.testkit.DeploymentSandbox;
import com.ecommerce.orders.testkit.DeploymentSandbox.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The script {@code scripts/deploy_gcp.sh} in a sandbox. The project is empty. */
final class DeployScript {

    /** An instance with the defaults of the settings. */
    static final String INSTANCE = "europe-west1|POSTGRES_16|db-custom-2-7680|ZONAL||True|7";

    private static final String STAND_IN =
            """
            case "$tool $*" in
            'mvn '*' package') mkdir -p ../target/deploy ;;
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
              next_response "$responses"
              ;;
            esac
            """;

    private final DeploymentSandbox sandbox;

    DeployScript(Path root) throws IOException {
        sandbox = DeploymentSandbox.create(root, "gcp", List.of("gcloud", "cloud-sql-proxy", "docker"), STAND_IN);
        sandbox.copy("gcp/alarms");
        sandbox.copy("src/main/resources");
        Files.createDirectories(sandbox.path("account/policies"));
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

    /** Writes the settings after the settings of the example. */
    void settings(String... lines) throws IOException {
        sandbox.write(
                "gcp/deploy.env",
                Files.readString(Path.of("gcp/deploy.env.example")) + String.join("\n", lines) + "\n");
    }

    /** Writes a file of the project. */
    void project(String file, String text) {
        sandbox.account(file, text);
    }

    /** Makes every resource exist. */
    void isDeployed() {
        project("present", "");
    }

    /** Removes a file of the project. */
    void remove(String file) throws IOException {
        Files.delete(sandbox.path("account/" + file));
    }

    /** Returns the options with which the script created the owner of the schema. */
    String owner() throws IOException {
        return sandbox.account("owner.yaml");
    }

    /** Lets the script start the proxy at another port. */
    void proxyPort(int port) throws IOException {
        String script = Files.readString(sandbox.path("scripts/deploy_gcp.sh"));
        sandbox.write("scripts/deploy_gcp.sh", script.replace("proxy_port=15432", "proxy_port=" + port));
    }

    List<String> calls() throws IOException {
        return sandbox.calls();
    }

    int sleeps() throws IOException {
        return sandbox.sleeps();
    }

    /** Returns the alert policies that the script created. */
    List<Path> policies() throws IOException {
        try (Stream<Path> files = Files.list(sandbox.path("account/policies"))) {
            return files.toList();
        }
    }

    /** Runs everything except the migration. */
    Result deploy(String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--skip-migration"));
        all.addAll(List.of(options));
        return run(all.toArray(String[]::new));
    }

    Result run(String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--yes"));
        all.addAll(List.of(options));
        return runWithInput("", all);
    }

    /** Runs the script with the lines that an operator types. */
    Result runWithInput(String input, List<String> options) throws IOException, InterruptedException {
        return sandbox.run(input, Map.of(), options);
    }
}
