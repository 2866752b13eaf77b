package com.ecommerce.orders.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.azure.template.Deployment;
import com.ecommerce.orders.testkit.DeploymentSandbox.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the whole deployment script, with a stand-in for a subscription. */
class DeployScriptTest {

    private static final String ONLY_RESOURCES = "--skip-migration --skip-app --skip-smoke";

    @TempDir
    Path directory;

    private DeployScript script;

    @BeforeEach
    void prepare() throws IOException {
        script = DeployScript.in(directory);
    }

    @Test
    void createsMigratesDeploysAndChecksInThisOrder() throws Exception {
        Result result = run("");

        assertThat(result.complaints()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.output()).endsWith("==> Deployed: https://orders-test.azurewebsites.net\n");
        assertThat(script.calls())
                .containsSubsequence(
                        "az group create --name orders-test --location westeurope --output none",
                        "az deployment group create --resource-group orders-test --name orders --template-file"
                                + " azure/azuredeploy.json --parameters @azure/azuredeploy.parameters.example.json"
                                + " --output none",
                        "mvn -B -Pazure -DappName=orders-test package",
                        "az functionapp deployment source config-zip --resource-group orders-test --name orders-test"
                                + " --src target/azure-functions/orders-test.zip --output none");
    }

    @Test
    void migratesWithTheObjectIdOfTheIdentityAndAToken() throws Exception {
        run("--skip-infra --skip-app --skip-smoke");

        assertThat(script.account("migrated"))
                .isEqualTo(
                        "orders-test-identity 33333333-3333-3333-3333-333333333333 orders-database-admins a-token\n");
    }

    @Test
    void registersOnlyProvidersThatAreMissing() throws Exception {
        run(ONLY_RESOURCES);
        assertThat(script.calls()).noneMatch(call -> call.startsWith("az provider register"));

        script.account("unregistered", "Microsoft.App\n");
        run(ONLY_RESOURCES);
        assertThat(script.calls()).contains("az provider register --namespace Microsoft.App --wait");
    }

    /** Azure prints some namespaces in lower case. */
    @Test
    void ignoresTheCaseOfProviders() throws Exception {
        script.account("unregistered", "microsoft.insights\nMicrosoft.Other\n");

        assertThat(run(ONLY_RESOURCES).code()).isZero();

        assertThat(script.calls())
                .filteredOn(call -> call.startsWith("az provider register"))
                .containsExactly("az provider register --namespace Microsoft.Insights --wait");
    }

    @Test
    void fetchesTheTokenBeforeTheProofOfTheLoginExpires() throws Exception {
        assertThat(run("").code()).isZero();

        assertThat(script.calls())
                .containsSubsequence(
                        "az account get-access-token --resource-type oss-rdbms --output none",
                        "az group exists --name orders-test --output tsv");
    }

    @Test
    void refusesToLowerProduction() throws Exception {
        production();

        Result result = run(ONLY_RESOURCES + " --keep-secrets");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.complaints())
                .contains(
                        "35 would become 14",
                        "ZoneRedundant would become Disabled",
                        "Standard_ZRS would become Standard_LRS",
                        "  scripts/deploy_azure.sh --preset production --resource-group orders-test --settings",
                        "--lower-protection");
        assertThat(script.calls()).noneMatch(call -> call.startsWith("az deployment group create"));
    }

    @Test
    void lowersProductionOnPurpose() throws Exception {
        production();

        assertThat(run(ONLY_RESOURCES + " --lower-protection").code()).isZero();
    }

    @Test
    void comparesWithThePresetAndItsOverrides() throws Exception {
        production();
        String withPreset = ONLY_RESOURCES + " --preset production --settings ";

        assertThat(run(withPreset + withAlarmEmail()).code()).isZero();

        Path lower = Files.writeString(
                directory.resolve("lower.json"),
                "{\"parameters\": {\"alarmEmail\": {},\n \"databaseBackupDays\" : {\n  \"value\" : 20\n }}}");
        Result result = run(withPreset + lower);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.complaints()).contains("35 would become 20").doesNotContain("ZoneRedundant");
    }

    @Test
    void continuesIfTheProtectionRises() throws Exception {
        script.deployed().account("sku", "Standard_ZRS");

        assertThat(run(ONLY_RESOURCES + " --preset production --settings " + withAlarmEmail())
                        .code())
                .isZero();
    }

    @Test
    void continuesIfItMayNotReadTheProviders() throws Exception {
        Files.delete(script.path("account/unregistered"));

        Result result = run(ONLY_RESOURCES);

        assertThat(result.code()).isZero();
        assertThat(result.complaints()).contains("could not see which resource providers are registered");
    }

    @Test
    void passesTheGrownSizeOfTheStorage() throws Exception {
        script.deployed().account("storage", "128");

        assertThat(run(ONLY_RESOURCES).code()).isZero();
        assertThat(script.calls()).anyMatch(call -> call.contains("--parameters databaseStorageGBNow=128"));
    }

    @Test
    void keepsTheFirstMonthOfABudget() throws Exception {
        production();
        script.account("budget", "2026-03-01T00:00:00Z");

        assertThat(run(ONLY_RESOURCES + " --preset production --settings " + withAlarmEmail())
                        .code())
                .isZero();
        assertThat(script.calls()).anyMatch(call -> call.contains("--parameters budgetStart=2026-03-01T00:00:00Z"));
    }

    @Test
    void refusesToRemoveSecretsFromTheApp() throws Exception {
        script.deployed().account("references", "DB_PASSWORD\nOTHER\n");

        Result result = run(ONLY_RESOURCES);

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.complaints()).contains("\"DB_PASSWORD\",\"OTHER\"", "--keep-secrets", "--drop-secrets");
        assertThat(script.calls()).noneMatch(call -> call.startsWith("az deployment group create"));
    }

    @Test
    void keepsSecrets() throws Exception {
        script.deployed().account("references", "DB_PASSWORD\nOTHER\n");

        assertThat(run(ONLY_RESOURCES + " --keep-secrets").code()).isZero();
        assertThat(script.account("references").lines()).containsExactly("DB_PASSWORD", "OTHER");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SecretUri=https://other.vault.azure.net/secrets/OTHER/",
                "SecretUri=https://kv-abc.vault.azure.net/secrets/OTHER/0123456789abcdef",
                "SecretUri=https://kv-abc.vault.azure.net/secrets/ANOTHER/",
                "VaultName=kv-abc;SecretName=OTHER"
            })
    void refusesReferencesThatTheTemplateWouldRewrite(String reference) throws Exception {
        script.deployed().account("references", "DB_PASSWORD\nOTHER\t" + reference + "\n");

        Result result = run(ONLY_RESOURCES + " --keep-secrets");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.complaints()).contains("Key Vault references: OTHER\n", "--secret NAME");
        assertThat(script.calls()).noneMatch(call -> call.startsWith("az deployment group create"));
    }

    @Test
    void keepsReferencesToTheVaultThatTheParametersName() throws Exception {
        script.deployed().account("references", "OTHER\tSecretUri=https://My-Vault.vault.azure.net/secrets/other\n");
        Path parameters = Files.writeString(
                directory.resolve("vault.json"), "{\"parameters\": {\"vaultName\": {\"value\": \"my-vault\"}}}");

        assertThat(run(ONLY_RESOURCES + " --keep-secrets --settings " + parameters)
                        .code())
                .isZero();
        assertThat(run(ONLY_RESOURCES + " --keep-secrets --settings " + withAlarmEmail())
                        .code())
                .isZero();
    }

    @Test
    void removesSecretsOnRequest() throws Exception {
        script.deployed().account("references", "DB_PASSWORD\n");

        assertThat(run(ONLY_RESOURCES + " --drop-secrets").code()).isZero();
        assertThat(script.account("references").strip()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "with \"quotes\" and \\ and $(date)", "two\nlines\tand a tab", "größer"})
    void storesANewSecretWithoutShowingIt(String secret) throws Exception {
        script.deployed().account("references", "DB_PASSWORD\n");

        Result result =
                script.run(Map.of("DB_PASSWORD", secret), (ONLY_RESOURCES + " --secret DB_PASSWORD").split(" "));

        assertThat(result.code()).isZero();
        assertThat(new JsonMapper()
                        .readTree(script.account("secrets"))
                        .at("/parameters/secretSettings/value/DB_PASSWORD")
                        .stringValue())
                .isEqualTo(secret);
        assertThat(result.output() + script.account("calls")).doesNotContain(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--secret DB_PASSWORD",
                "--secret lower",
                "--preset test",
                "--keep-secrets --drop-secrets",
                "--open-database here",
                "--secret HOME --skip-infra"
            })
    void refusesWrongUsageBeforeItCallsAnything(String options) throws Exception {
        Result result = run(options);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.complaints()).contains(options.split(" ")[0].replaceFirst("--keep.*", "--keep-secrets"));
        assertThat(script.calls()).isEmpty();
    }

    @Test
    void refusesProductionWithoutAnAddressForAlarms() throws Exception {
        Result result = run("--preset production");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.complaints()).contains("has no alarmEmail");
    }

    @Test
    void refusesAGroupWithTwoApps() throws Exception {
        script.deployed().account("app", "/subscriptions/s/app\n/subscriptions/s/other\n");

        assertThat(run(ONLY_RESOURCES).complaints()).contains("holds more than one Microsoft.Web/sites");
    }

    /** The script overwrites the rule, because the lock on the server forbids to delete it. */
    @Test
    void closesTheDatabaseAlsoAfterAFailedMigration() throws Exception {
        script.account("migration-fails", "");

        Result result = run("--skip-infra --skip-app --skip-smoke --open-database 203.0.113.7");

        assertThat(result.code()).isNotZero();
        assertThat(script.calls())
                .containsSubsequence(
                        rule("203.0.113.7"),
                        rule("192.0.2.1"),
                        "az rest --method patch --url /subscriptions/s/server?api-version=2025-08-01 --output none --body"
                                + " {\"properties\":{\"network\":{\"publicNetworkAccess\":\"Disabled\"}}}")
                .noneMatch(call -> call.contains("delete"));
    }

    @Test
    void reportsADatabaseThatStaysOpen() throws Exception {
        script.account("rest-fails", "");

        Result result = run("--skip-infra --skip-app --skip-smoke --open-database 203.0.113.7");

        assertThat(result.code()).isNotZero();
        assertThat(result.complaints()).contains("could not switch public access off: do it by hand");
    }

    @Test
    void failsIfHttpGetsNoRedirect() throws Exception {
        script.account("redirect", "200");

        Result result = run("--skip-infra --skip-migration --skip-app");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.complaints()).contains("http://orders-test.azurewebsites.net/health has the status 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt", "gateway"})
    void failsIfAForgedPrincipalIsAccepted(String mode) throws Exception {
        script.outputs(Map.of("identityMode", mode)).account("forged", "200");

        Result result = run("--skip-infra --skip-migration --skip-app");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.complaints()).contains("/orders has the status 200");
        assertThat(script.sleeps()).isZero();
    }

    @Test
    void needsATokenToCheckReadinessInGatewayMode() throws Exception {
        script.outputs(Map.of("identityMode", "gateway"));

        assertThat(run("--skip-infra --skip-migration --skip-app").output()).contains("set SMOKE_TOKEN");

        Result result =
                script.run(Map.of("SMOKE_TOKEN", "secret-token"), "--skip-infra", "--skip-migration", "--skip-app");
        assertThat(result.code()).isZero();
        assertThat(result.output() + script.account("calls")).doesNotContain("secret-token");
    }

    @Test
    void checksThatTheAppRefusesRequestsThatBypassTheFront() throws Exception {
        script.outputs(Map.of("appUrl", "https://api.example.com", "frontDoorId", "66666666"));

        assertThat(run("--skip-infra --skip-migration --skip-app").code()).isZero();
        assertThat(script.calls()).anyMatch(call -> call.endsWith(" https://orders-test.azurewebsites.net/health"));
    }

    @Test
    void asksBeforeItChangesAnything() throws Exception {
        Result result = script.runWithInput("y\n", Map.of(), List.of());

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(result.output())
                .contains("This run changes: resources, database schema, app", "Make these changes? [y/N]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n\n", "\n", ""})
    void changesNothingWhenTheOperatorDeclines(String typed) throws Exception {
        Result result = script.runWithInput(typed, Map.of(), List.of());

        assertThat(result.code()).as(result.text()).isEqualTo(4);
        assertThat(result.complaints()).contains("declined: nothing was migrated or deployed", "--yes");
        assertThat(script.calls()).containsExactly("az account show --query name --output tsv");
    }

    @Test
    void doesNotAskBeforeASmokeTest() throws Exception {
        Result result = script.runWithInput("", Map.of(), List.of("--skip-infra", "--skip-migration", "--skip-app"));

        assertThat(result.code()).as(result.text()).isZero();
    }

    @Test
    void aValueOnTheCommandLineOverridesTheSettings() throws Exception {
        production();

        Result result =
                run(ONLY_RESOURCES + " --preset production --set alarmEmail=a@example.com --set databaseBackupDays=20");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.complaints()).contains("35 would become 20");
        assertThat(run(ONLY_RESOURCES + " --preset production --set alarmEmail=a@example.com")
                        .code())
                .isZero();
        assertThat(script.calls()).anyMatch(call -> call.contains("--parameters alarmEmail=a@example.com --"));
    }

    @Test
    void theDryRunExecutesNothingAndNamesThePermissionsOfEachCommand() throws Exception {
        String options = " --preset production --secret DB_PASSWORD --keep-secrets --open-database 203.0.113.7";
        Result first = run("--dry-run" + options);
        Result again = run("--dry-run=again" + options);

        assertThat(script.calls()).isEmpty();
        for (Result result : List.of(first, again)) {
            assertThat(result.commandsWithoutPermissions("az ")).isEmpty();
            assertThat(result.output())
                    .contains("az deployment group create", "az functionapp deployment source config-zip")
                    .doesNotContain("azure-functions:deploy", "az role assignment", "Deployed:");
            Deployment.of(
                            Path.of("azure/azuredeploy.json"),
                            "@azure/production.parameters.json",
                            "@azure/azuredeploy.parameters.example.json",
                            "alarmEmail=\"ops@example.com\"",
                            "secretSettings={\"DB_PASSWORD\":\"hidden\"}")
                    .resources()
                    .forEach(resource -> assertThat(result.output())
                            .contains(resource.path("type").stringValue() + "/write\n"));
        }
        assertThat(first.output())
                .contains("az group create", "az provider register")
                .doesNotContain("az resource show");
        assertThat(again.output())
                .contains("databaseStorageGBNow=", "az resource show")
                .doesNotContain("az group create");
    }

    private Result run(String options) throws IOException, InterruptedException {
        return script.run(Map.of(), options.isEmpty() ? new String[0] : options.split(" "));
    }

    private void production() {
        script.deployed()
                .account("backup", "35")
                .account("availability", "ZoneRedundant")
                .account("sku", "Standard_ZRS");
    }

    private Path withAlarmEmail() throws IOException {
        return Files.writeString(directory.resolve("parameters.json"), "{\"parameters\": {\"alarmEmail\": {}}}");
    }

    private static String rule(String address) {
        return "az resource create --id /subscriptions/s/server/firewallRules/migration --api-version 2025-08-01"
                + " --output none --properties {\"startIpAddress\":\"" + address + "\",\"endIpAddress\":\"" + address
                + "\"}";
    }
}
