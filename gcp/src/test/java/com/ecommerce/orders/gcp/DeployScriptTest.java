package com.ecommerce.orders.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.testkit.DeploymentSandbox.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the deployment to Google Cloud, with stand-ins for the project. */
class DeployScriptTest {

    private static final String[] PRODUCTION = {"ALARM_EMAIL=ops@example.com", "BILLING_ACCOUNT=012345-6789AB-CDEF01"};

    @TempDir
    private Path directory;

    private DeployScript script;

    @BeforeEach
    void prepare() throws Exception {
        script = new DeployScript(directory);
    }

    @Test
    void createsMissingResources() throws Exception {
        Result result = script.deploy();

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(result.text()).contains("Deployed: https://api.example.com");
        assertThat(calls("gcloud sql instances create orders")).singleElement().satisfies(create -> assertThat(create)
                .contains("--deletion-protection", "--enable-point-in-time-recovery", "--retained-backups-count=7"));
        assertThat(calls("gcloud sql instances patch")).isEmpty();
    }

    @Test
    void doesNotChangeAnInstanceThatMatchesTheSettings() throws Exception {
        script.isDeployed();

        assertThat(script.deploy().code()).isZero();

        assertThat(calls("gcloud sql instances create")).isEmpty();
        assertThat(calls("gcloud sql instances patch")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SQL_TIER=db-custom-4-15360, --tier=db-custom-4-15360",
        "SQL_AVAILABILITY=regional, --availability-type=regional",
        "SQL_BACKUPS=30, --retained-backups-count=30",
    })
    void appliesAChangedSettingToTheInstance(String setting, String option) throws Exception {
        script.isDeployed();
        script.settings(setting);

        assertThat(script.deploy().code()).isZero();

        assertThat(calls("gcloud sql instances patch"))
                .containsExactly("gcloud sql instances patch orders " + option + " --project=my-project --quiet");
    }

    @ParameterizedTest
    @CsvSource({
        "REGIONAL, 7, SQL_AVAILABILITY=regional, --availability-type=zonal",
        "ZONAL, 30, SQL_BACKUPS=30, --retained-backups-count=7",
        "REGIONAL, 30, SQL_AVAILABILITY=regional SQL_BACKUPS=30,"
                + " --availability-type=zonal --retained-backups-count=7",
    })
    void lowersNeitherAvailabilityNorBackups(String availability, String backups, String kept, String options)
            throws Exception {
        script.isDeployed();
        script.project("instance", instance(availability, backups));

        Result result = script.deploy();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text())
                .contains("run this again with --preset production", "Set " + kept + ".")
                .contains("gcloud sql instances patch orders " + options + " --project=my-project");
        assertThat(calls("gcloud sql instances patch")).isEmpty();
        assertThat(calls("gcloud functions deploy")).isEmpty();
    }

    @Test
    void keepsTheStandbyAndBackupsOfThePreset() throws Exception {
        script.isDeployed();
        script.settings(PRODUCTION);
        script.project("instance", instance("REGIONAL", "30"));

        Result result = script.run("--preset", "production", "--skip-migration", "--skip-app");

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(calls("gcloud sql instances patch")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MONTHLY_BUDGET=08",
        "TRAFFIC_SHIFT_PERCENT=08",
        "TRAFFIC_SHIFT_MINUTES=010",
        "SQL_BACKUPS=-7",
        "MIN_INSTANCES=",
        "MAX_INSTANCES=1.5"
    })
    void refusesANumberThatBashReadsDifferently(String setting) throws Exception {
        script.settings(setting);

        Result result = script.deploy();

        String name = setting.substring(0, setting.indexOf('='));
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text())
                .contains(name + " is not a whole number without leading zeros: ", "An example: " + name + "=10");
        assertThat(script.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"SQL_VERSION=POSTGRES_08", "SECRETS=DB_PASSWORD=orders-db-password:08"})
    void refusesAVersionWithALeadingZero(String setting) throws Exception {
        script.settings(setting);

        assertThat(script.deploy().code()).isEqualTo(1);
        assertThat(script.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR: (gcloud.run.services.describe) PERMISSION_DENIED: denied on resource orders (or it may not exist)",
        "ERROR: (gcloud.run.services.describe) There was a problem refreshing your current auth tokens"
    })
    void deploysNothingIfItCannotReadTheService(String failure) throws Exception {
        script.isDeployed();
        script.settings("TRAFFIC_SHIFT_PERCENT=10");
        script.project("failure", failure);

        Result result = script.deploy("--skip-infra");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text()).contains("run services describe orders", failure);
        assertThat(calls("gcloud functions deploy")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR: (gcloud.run.services.describe) Cannot find service [orders]",
        "ERROR: (gcloud.run.services.describe) The requested resource could not be found",
        "ERROR: (gcloud.run.services.describe) NOT_FOUND: orders"
    })
    void deploysTheFirstTimeIfThereIsNoService(String failure) throws Exception {
        script.settings("TRAFFIC_SHIFT_PERCENT=10");
        script.project("failure", failure);

        Result result = script.deploy("--skip-infra");

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(calls("gcloud functions deploy")).hasSize(1);
    }

    @Test
    void givesTheOwnerThePasswordOfTheSecret() throws Exception {
        assertThat(script.deploy().code()).isZero();

        assertThat(script.owner()).isEqualTo("--password: \"made up\"\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void createsNoOwnerWithoutAPassword(boolean empty) throws Exception {
        script.remove("password");
        if (empty) {
            script.project("password", "");
        }

        Result result = script.deploy();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text()).contains("could not read the password of orders_owner from the secret");
        assertThat(calls("gcloud sql users create")).isEmpty();
    }

    @Test
    void doesNotMigrateIfAnotherProgramHasThePortOfTheProxy() throws Exception {
        script.isDeployed();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            script.proxyPort(other.getLocalPort());

            Result result = script.run("--skip-infra");

            assertThat(result.code()).isEqualTo(1);
            assertThat(result.text())
                    .contains("another program already listens on 127.0.0.1:" + other.getLocalPort())
                    .contains("End the program, then run this again.");
        }
        assertThat(calls("cloud-sql-proxy")).isEmpty();
    }

    @Test
    void protectsAnInstanceAgain() throws Exception {
        script.isDeployed();
        script.project("instance", DeployScript.INSTANCE.replace("True", "False"));

        assertThat(script.deploy().code()).isZero();

        assertThat(calls("gcloud sql instances patch orders --deletion-protection"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "SQL_VERSION=POSTGRES_17, gcloud sql instances patch orders --database-version=POSTGRES_17 --project=my-project",
        "SQL_VERSION=POSTGRES_15, Set SQL_VERSION=POSTGRES_16.",
        "REGION=europe-west4, Set REGION=europe-west1",
    })
    void saysWhatToDoForASettingThatItDoesNotApply(String setting, String advice) throws Exception {
        script.isDeployed();
        script.settings(setting);

        Result result = script.deploy();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text()).contains(advice);
        assertThat(calls("gcloud functions deploy")).isEmpty();
    }

    @Test
    void saysHowAnInstanceJoinsANetwork() throws Exception {
        script.isDeployed();
        script.settings("DEPLOY_WITH=run", "NETWORK=shop", "SUBNET=orders");

        Result result = script.deploy();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text())
                .contains("gcloud sql instances patch orders --network=projects/my-project/global/networks/shop"
                        + " --no-assign-ip --project=my-project");
    }

    @Test
    void refusesToRemoveTheNetworkOfAnInstance() throws Exception {
        script.isDeployed();
        script.project("instance", DeployScript.INSTANCE.replace("||", "|shop|"));

        Result result = script.deploy();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text()).contains("Set NETWORK=shop.");
    }

    @Test
    void shiftsTheRequestsStepByStep() throws Exception {
        script.isDeployed();
        script.settings("TRAFFIC_SHIFT_PERCENT=10");

        Result result = script.deploy();

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(script.calls().stream()
                        .filter(call -> call.contains("update-traffic") || call.contains("functions deploy"))
                        .map(call -> call.replaceAll(".*(functions deploy|--to-[^ ]*).*", "$1")))
                .containsExactly(
                        "--to-revisions=orders-00001-old=100",
                        "functions deploy",
                        "--to-revisions=orders-00002-new=10,orders-00001-old=90",
                        "--to-latest");
        assertThat(script.sleeps()).isEqualTo(1);
    }

    @Test
    void rollsBackIfTheNewRevisionFails() throws Exception {
        script.isDeployed();
        script.settings("TRAFFIC_SHIFT_PERCENT=10");
        script.project("errors", "a\nb\nc\nd\ne");

        Result result = script.deploy();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text()).contains("all requests go to orders-00001-old again");
        assertThat(calls("gcloud run services update-traffic"))
                .last()
                .asString()
                .contains("--to-revisions=orders-00001-old=100");
    }

    @Test
    void doesNotBeginAShiftDuringAnotherShift() throws Exception {
        script.isDeployed();
        script.settings("TRAFFIC_SHIFT_PERCENT=10");
        script.project("revisions", "orders-00001-old,orders-00002-new");

        Result result = script.deploy();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text()).contains("an earlier shift did not end");
        assertThat(calls("gcloud functions deploy")).isEmpty();
    }

    @Test
    void shiftsNothingInAFirstDeployment() throws Exception {
        script.settings("TRAFFIC_SHIFT_PERCENT=10");

        assertThat(script.deploy().code()).isZero();

        assertThat(calls("gcloud run services update-traffic"))
                .singleElement()
                .asString()
                .contains("--to-latest");
        assertThat(script.sleeps()).isZero();
    }

    @Test
    void asksBeforeItChangesAnything() throws Exception {
        Result result = script.runWithInput("y\n", List.of("--skip-migration"));

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(result.output())
                .contains("This run changes: resources, app, API gateway", "Make these changes? [y/N]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n\n", "\n", ""})
    void changesNothingWhenTheOperatorDeclines(String typed) throws Exception {
        Result result = script.runWithInput(typed, List.of());

        assertThat(result.code()).as(result.text()).isEqualTo(4);
        assertThat(result.complaints()).contains("declined: nothing was migrated or deployed", "--yes");
        assertThat(script.calls())
                .allMatch(call -> call.startsWith("gcloud auth list ") || call.startsWith("gcloud projects describe "));
    }

    @Test
    void aValueOnTheCommandLineOverridesTheSettings() throws Exception {
        script.settings("SQL_BACKUPS=35");

        Result result =
                script.run("--dry-run", "--set", "SQL_BACKUPS=36", "--set", "ORDERS_CORS_ORIGINS=https://a.example");

        assertThat(result.output())
                .contains("--retained-backups-count=36", ";ORDERS_CORS_ORIGINS=https://a.example'")
                .doesNotContain("--retained-backups-count=35");
        assertThat(script.run("--set", "SQL_BACKUP=36").code()).isEqualTo(2);
    }

    @Test
    void theSettingsOverrideAPreset() throws Exception {
        script.settings(PRODUCTION[0], PRODUCTION[1], "SQL_BACKUPS=35");

        Result result = script.run("--dry-run", "--preset", "production");

        assertThat(result.text())
                .contains("--availability-type=regional", "--retained-backups-count=35", "--min-instances=2");
    }

    @Test
    void aPresetForProductionNeedsAnAddressForAlarmsAndABillingAccount() throws Exception {
        assertThat(script.deploy("--preset", "production").text()).contains("ALARMS=true needs ALARM_EMAIL");
        script.settings(PRODUCTION[0]);
        assertThat(script.deploy("--preset", "production").text()).contains("MONTHLY_BUDGET needs BILLING_ACCOUNT");
        assertThat(script.deploy("--preset", "none").code()).isEqualTo(2);
        assertThat(script.calls()).isEmpty();
    }

    @Test
    void createsAlarmsForDatabaseFunctionAndUptime() throws Exception {
        script.settings(PRODUCTION);

        Result result = script.deploy("--preset", "production");

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(calls("gcloud monitoring uptime create"))
                .singleElement()
                .asString()
                .contains("host=api.example.com", "--path=/ready", "--protocol=https");
        assertThat(calls("gcloud alpha monitoring policies create"))
                .hasSize(6)
                .allMatch(call -> call.contains("--notification-channels=projects/my-project/notificationChannels/7"));
        List<String> filters = new ArrayList<>();
        for (Path policy : script.policies()) {
            JsonNode threshold = JsonMapper.shared().readTree(policy.toFile()).at("/conditions/0/conditionThreshold");
            filters.add(threshold.get("filter").asString());
            assertThat(threshold.get("thresholdValue").isNumber()).isTrue();
        }
        assertThat(filters)
                .hasSize(6)
                .noneMatch(filter -> filter.contains("{"))
                .anyMatch(filter -> filter.contains("database_id=\"my-project:orders\"")
                        && filter.contains("cloudsql.googleapis.com/database/up"))
                .anyMatch(filter -> filter.contains("service_name=\"orders\"") && filter.contains("\"5xx\""))
                .anyMatch(filter -> filter.contains("check_id=\"orders-ready\""));
        assertThat(calls("gcloud billing budgets create"))
                .singleElement()
                .asString()
                .contains("--budget-amount=500", "--filter-projects=projects/my-project", "percent=0.8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--image", "--set=DEPLOY_WITH=image"})
    void deploysAnImage(String option) throws Exception {
        Result result = script.deploy(option.split("(?<=--set)="));

        assertThat(result.code()).as(result.text()).isZero();
        String name = "europe-west1-docker.pkg.dev/my-project/orders/orders";
        assertThat(calls("docker"))
                .satisfiesExactly(
                        build -> assertThat(build).contains("--file=gcp/Dockerfile", "--tag=" + name),
                        push -> assertThat(push).isEqualTo("docker push " + name));
        assertThat(calls("gcloud run deploy"))
                .singleElement()
                .asString()
                .contains("--image=" + name, "--no-allow-unauthenticated", "--cpu-boost")
                .doesNotContain("--source", "--function", "--base-image", "--set-build-env-vars");
        assertThat(calls("mvn")).isEmpty();
    }

    @Test
    void deploysTheNewestImageWithoutABuild() throws Exception {
        Result result = script.deploy("--image", "--skip-build");

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(calls("docker")).isEmpty();
        assertThat(calls("gcloud run deploy")).singleElement().asString().contains("--image=");
    }

    @ParameterizedTest
    @CsvSource({"functions, --ingress-settings=internal-and-gclb", "run, --ingress=internal-and-cloud-load-balancing"})
    void behindALoadBalancerOnlyTheLoadBalancerReachesTheFunction(String way, String option) throws Exception {
        script.settings("PUBLIC_URL=https://api.example.com", "DEPLOY_WITH=" + way);
        script.project("direct", "404");

        Result result = script.deploy();

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(calls("gcloud " + way + " deploy"))
                .singleElement()
                .asString()
                .contains(option, " --allow-unauthenticated");
        assertThat(calls("gcloud api-gateway")).isEmpty();
    }

    @Test
    void trustsNoClaimsBehindALoadBalancer() throws Exception {
        script.settings("PUBLIC_URL=https://api.example.com", "ORDERS_IDENTITY_MODE=gateway");

        assertThat(script.deploy().text()).contains("PUBLIC_URL needs ORDERS_IDENTITY_MODE=jwt");
        assertThat(script.calls()).isEmpty();
    }

    @Test
    void passesAliasesUnchanged() throws Exception {
        script.settings(
                "ORDERS_IDENTITY_TENANTS_ALLOWED=acme-x1,globex-y2",
                "ORDERS_IDENTITY_TENANTS_ALIAS={\"acme-x1\":\"acme\",\"globex-y2\":\"globex\"}");

        assertThat(script.deploy().code()).isZero();

        assertThat(calls("gcloud functions deploy"))
                .singleElement()
                .asString()
                .contains("--set-env-vars=^;^", ";GOOGLE_CLOUD_PROJECT=my-project;")
                .contains(";ORDERS_IDENTITY_TENANTS_ALLOWED=acme-x1,globex-y2;")
                .contains(";ORDERS_IDENTITY_TENANTS_ALIAS={\"acme-x1\":\"acme\",\"globex-y2\":\"globex\"} ");
    }

    @Test
    void waitsUntilNamesAndPermissionsAreEffective() throws Exception {
        script.project("responseshealth", "000\n403\n200");
        script.project("responsesready", "503\n200");

        Result result = script.deploy();

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(script.sleeps()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "responsesorders, orders has the status 200 instead of 401",
        "direct, health has the status 200 instead of 403"
    })
    void failsAtOnceIfTheFunctionIsOpen(String file, String message) throws Exception {
        script.project(file, "200");

        Result result = script.deploy();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text()).contains(message);
        assertThat(script.sleeps()).isZero();
    }

    @Test
    void aDryRunPrintsEveryCommandInOrder() throws Exception {
        script.settings(PRODUCTION);

        Result result = script.run("--dry-run=again", "--preset", "production");

        assertThat(result.output()).doesNotContain("Deployed:");
        assertThat(steps(result))
                .containsExactly(
                        "gcloud auth",
                        "gcloud projects",
                        "gcloud services",
                        "gcloud iam",
                        "gcloud sql",
                        "gcloud secrets",
                        "gcloud sql",
                        "gcloud projects",
                        "gcloud secrets",
                        "cloud-sql-proxy",
                        "env",
                        "mvn",
                        "gcloud run",
                        "gcloud functions",
                        "gcloud run",
                        "sleep",
                        "gcloud logging",
                        "gcloud run",
                        "gcloud api-gateway",
                        "gcloud beta",
                        "gcloud monitoring",
                        "gcloud alpha",
                        "gcloud billing",
                        "gcloud api-gateway",
                        "gcloud run",
                        "curl");
        assertThat(script.calls()).isEmpty();
    }

    @Test
    void aDryRunPrintsEveryPermissionAndTheRoleOfTheDeployerHasThemAll() throws Exception {
        TreeSet<String> needed = new TreeSet<>();
        for (List<String> settings : List.of(
                List.of(PRODUCTION),
                List.of("DEPLOY_WITH=run", "NETWORK=shop", "SUBNET=orders", "SECRETS=DB_PASSWORD=orders-db-password:3"),
                List.of("DEPLOY_WITH=image"))) {
            script.settings(settings.toArray(String[]::new));
            for (String when : List.of("--dry-run", "--dry-run=again")) {
                Result result = settings.contains(PRODUCTION[0])
                        ? script.run(when, "--preset", "production")
                        : script.run(when);
                assertThat(result.code()).as(result.text()).isZero();
                assertThat(result.commandsWithoutPermissions("gcloud "))
                        .allMatch(command -> command.startsWith("gcloud auth "));
                result.text()
                        .lines()
                        .filter(line -> line.startsWith("    needs "))
                        .forEach(line -> needed.add(line.replace("    needs ", "")));
            }
        }

        Map<String, Object> role = new Yaml().load(Files.readString(Path.of("gcp/deployer.yaml")));
        // Budgets belong to the billing account, so no role of a project can hold these.
        assertThat(needed.stream().filter(permission -> !permission.startsWith("billing.")))
                .containsExactlyElementsOf(((List<?>) role.get("includedPermissions"))
                        .stream().map(String::valueOf).toList());
    }

    private static String instance(String availability, String backups) {
        return DeployScript.INSTANCE.replace("ZONAL", availability).replace("True|7", "True|" + backups);
    }

    private List<String> calls(String command) throws IOException {
        return script.calls().stream().filter(call -> call.startsWith(command)).toList();
    }

    /** Returns the services that a run uses. Consecutive commands of a service count once. */
    private static List<String> steps(Result dryRun) {
        List<String> steps = new ArrayList<>();
        for (String command : dryRun.commands()) {
            String step = command.replaceFirst("^(gcloud \\S+|\\S+).*", "$1");
            if (steps.isEmpty() || !steps.get(steps.size() - 1).equals(step)) {
                steps.add(step);
            }
        }
        return steps;
    }
}
