package com.ecommerce.orders.azure.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.settings.Setting;
import com.ecommerce.orders.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the deployment templates, evaluated as Azure Resource Manager does. */
class DeploymentTemplateTest {

    private static final Path TEMPLATE = Path.of("azure/azuredeploy.json");
    private static final Path FRONT = Path.of("azure/front.json");
    private static final String EXAMPLE = "@azure/azuredeploy.parameters.example.json";
    private static final String PRODUCTION = "@azure/production.parameters.json";
    private static final String SECRETS = "secretSettings={\"DB_PASSWORD\":\"hidden\"}";
    private static final String EXISTING = "databaseUrl=\"jdbc:postgresql://db.example.org:5432/orders\"";
    private static final String FRONT_ID = "frontDoorId=\"66666666-6666-6666-6666-666666666666\"";

    static List<Deployment> deployments() {
        return List.of(
                Deployment.of(TEMPLATE, EXAMPLE),
                Deployment.of(TEMPLATE, PRODUCTION, EXAMPLE, "alarmEmail=\"ops@example.com\""),
                Deployment.of(
                        TEMPLATE, PRODUCTION, EXAMPLE, SECRETS, FRONT_ID, "publicUrl=\"https://api.example.com\""),
                Deployment.of(TEMPLATE, EXAMPLE, "easyAuth=true", "corsOrigins=\"https://shop.example.com\""),
                Deployment.of(TEMPLATE, EXAMPLE, EXISTING, "databaseUser=\"orders_api\"", SECRETS),
                Deployment.of(FRONT, "appName=\"orders\"", "appHostName=\"orders.azurewebsites.net\""),
                Deployment.of(
                        FRONT,
                        "appName=\"orders\"",
                        "appHostName=\"orders.azurewebsites.net\"",
                        "customDomain=\"api.example.com\""));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void keepsTheRulesOfTheResourceProviders(Deployment deployment) {
        assertThat(deployment.resources()).isNotEmpty().allSatisfy(resource -> assertThat(
                        ResourceRules.violations(resource))
                .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void dependsOnDeclaredResourcesOnly(Deployment deployment) {
        assertThat(deployment.danglingDependencies()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void givesEachResourceAUniqueName(Deployment deployment) {
        assertThat(deployment.resources())
                .extracting(resource -> resource.path("type").stringValue() + " "
                        + resource.path("name").stringValue())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"azure/azuredeploy.json", "azure/front.json"})
    void usesEachParameterAndVariableThatItDeclares(String template) throws IOException {
        String text = Files.readString(Path.of(template));
        JsonNode json = new JsonMapper().readTree(text);
        for (String kind : List.of("parameters", "variables")) {
            Set<String> used = Pattern.compile(kind + "\\('(\\w+)'\\)")
                    .matcher(text)
                    .results()
                    .map(use -> use.group(1))
                    .collect(Collectors.toSet());
            assertThat(json.path(kind).propertyNames()).as(kind).containsExactlyInAnyOrderElementsOf(used);
        }
    }

    @Test
    void evaluatesEveryOutput() {
        assertThat(output("appUrl", EXAMPLE)).isEqualTo("https://app.azurewebsites.net");
        assertThat(output("appUrl", EXAMPLE, "publicUrl=\"https://api.example.com\""))
                .isEqualTo("https://api.example.com");
        assertThat(output("identityPrincipalId", EXAMPLE)).isEqualTo("33333333-3333-3333-3333-333333333333");
        assertThat(output("migrationUrl", EXAMPLE))
                .startsWith("jdbc:postgresql://server.postgres.database.azure.com:5432/orders?sslmode=verify-full");
        assertThat(output("databaseRole", EXAMPLE)).isEqualTo("orders-example-identity");
        assertThat(output("anyTenant", EXAMPLE)).isEqualTo("11111111-1111-1111-1111-111111111111");
        assertThat(output("identityMode", EXAMPLE, "easyAuth=true")).isEqualTo("gateway");
        assertThat(output("frontDoorId", EXAMPLE)).isEmpty();
        assertThat(output("databaseServerId", EXAMPLE, EXISTING)).isEmpty();
    }

    /** A database that Resource Manager creates can belong to a role of the platform. */
    @Test
    void leavesTheDatabaseToTheMigration() {
        assertThat(Deployment.of(TEMPLATE, EXAMPLE).resources("Microsoft.DBforPostgreSQL/flexibleServers/databases"))
                .isEmpty();
    }

    /** The platform created the app's role, and only the creator of a role may set the timeouts in the database. */
    @Test
    void setsTheTimeoutsOfStatementsInTheUrl() {
        assertThat(settings(Deployment.of(TEMPLATE, EXAMPLE)).get("DB_URL"))
                .contains("&options=-c%20statement_timeout=10s%20-c%20idle_in_transaction_session_timeout=10s&");
    }

    @Test
    void requestsTheLargerOfTheCurrentAndTheRequestedStorage() {
        assertThat(storage("databaseStorageGBNow=128")).isEqualTo(128);
        assertThat(storage("databaseStorageGBNow=32", "databaseStorageGB=64")).isEqualTo(64);
        assertThat(storage()).isEqualTo(32);
    }

    @Test
    void forbidsStorageKeysAndGivesTheIdentityOnlyThreeRoles() {
        Deployment deployment = Deployment.of(TEMPLATE, EXAMPLE, SECRETS);

        assertThat(deployment
                        .resource("Microsoft.Storage/storageAccounts")
                        .path("properties")
                        .path("allowSharedKeyAccess")
                        .booleanValue())
                .isFalse();
        assertThat(deployment.resources("Microsoft.Authorization/roleAssignments"))
                .hasSize(3);
        assertThat(settings(deployment)).containsEntry("AzureWebJobsStorage__credential", "managedidentity");
        assertThat(settings(deployment).keySet()).doesNotContain("AzureWebJobsStorage");
    }

    @Test
    void keepsTheReferencesOfSecretsThatAnEarlierDeploymentStored() {
        Deployment deployment = Deployment.of(TEMPLATE, EXAMPLE, "secretNames=[\"DB_PASSWORD\",\"OTHER\"]");

        assertThat(settings(deployment))
                .hasEntrySatisfying("DB_PASSWORD", value -> assertThat(value).endsWith("/secrets/DB-PASSWORD/)"))
                .containsKey("OTHER");
        assertThat(deployment.resources("Microsoft.KeyVault/vaults/secrets")).isEmpty();
        assertThat(deployment.resource("Microsoft.KeyVault/vaults")).isNotNull();
    }

    @Test
    void namesTheVaultByTheParameterOrTheResourceGroup() {
        assertThat(vault()).matches("kv-[a-z0-9]{13}");
        assertThat(vault("vaultName=\"orders-vault-2\"")).isEqualTo("orders-vault-2");
    }

    @Test
    void locksTheServerAndTheVault() {
        assertThat(Deployment.of(TEMPLATE, EXAMPLE, SECRETS).resources("Microsoft.Authorization/locks"))
                .extracting(lock -> lock.path("scope").stringValue().replaceFirst("/[^/]*$", ""))
                .containsExactlyInAnyOrder("Microsoft.KeyVault/vaults", "Microsoft.DBforPostgreSQL/flexibleServers");
        assertThat(Deployment.of(TEMPLATE, EXAMPLE, SECRETS, "deleteLocks=false")
                        .resources("Microsoft.Authorization/locks"))
                .isEmpty();
    }

    /** An excluded path could be a way around Easy Auth. */
    @Test
    void excludesNoPathFromEasyAuth() throws IOException {
        assertThat(Files.readString(TEMPLATE)).doesNotContain("excludedPaths");
        JsonNode validation = Deployment.of(TEMPLATE, EXAMPLE, "easyAuth=true")
                .resource("Microsoft.Web/sites/config")
                .path("properties")
                .path("globalValidation");
        assertThat(validation.path("requireAuthentication").booleanValue()).isTrue();
        assertThat(validation.path("unauthenticatedClientAction").stringValue()).isEqualTo("Return401");
    }

    @Test
    void passesAliasesAsOneJsonObjectAndAlwaysTheAllowedTenants() {
        assertThat(settings(Deployment.of(TEMPLATE, EXAMPLE)))
                .containsEntry("ORDERS_IDENTITY_TENANTS_ALIAS", "{\"11111111-1111-1111-1111-111111111111\":\"acme\"}")
                .containsEntry("ORDERS_IDENTITY_TENANTS_ALLOWED", "11111111-1111-1111-1111-111111111111");
        assertThat(settings(Deployment.of(TEMPLATE, EXAMPLE, "tenantAliases={}")))
                .doesNotContainKey("ORDERS_IDENTITY_TENANTS_ALIAS")
                .containsKey("ORDERS_IDENTITY_TENANTS_ALLOWED");
        assertThatThrownBy(() -> Deployment.of(TEMPLATE, EXAMPLE, "tenantsAllowed=[]"))
                .hasMessageContaining("tenantsAllowed is out of its bounds");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void setsOnlyVariablesThatTheAppReads(boolean easyAuth) {
        Map<String, String> variables = settings(
                Deployment.of(TEMPLATE, EXAMPLE, "easyAuth=" + easyAuth, "corsOrigins=\"https://shop.example\""));
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(variables)));

        SettingsReader read = SettingsReader.of(environment);

        assertThat(read.list(Setting.IDENTITY_TENANTS_ALLOWED)).containsExactly("11111111-1111-1111-1111-111111111111");
        assertThat(read.text(Setting.IDENTITY_TENANTS_ALIAS))
                .isEqualTo("{\"11111111-1111-1111-1111-111111111111\":\"acme\"}");
    }

    @Test
    void refusesRequestsThatBypassTheFront() {
        JsonNode config = Deployment.of(TEMPLATE, EXAMPLE, FRONT_ID)
                .resource("Microsoft.Web/sites")
                .path("properties")
                .path("siteConfig");

        assertThat(config.path("ipSecurityRestrictionsDefaultAction").stringValue())
                .isEqualTo("Deny");
        assertThat(config.at("/ipSecurityRestrictions/0/headers/x-azure-fdid/0").stringValue())
                .isEqualTo("66666666-6666-6666-6666-666666666666");
        assertThat(config.path("scmIpSecurityRestrictionsUseMain").booleanValue())
                .isFalse();
    }

    @Test
    void productionHasZonesLocksAlarmsAndABudget() {
        Deployment production = Deployment.of(TEMPLATE, PRODUCTION, EXAMPLE, "alarmEmail=\"ops@example.com\"");

        assertThat(production.resource("Microsoft.Web/serverfarms").at("/properties/zoneRedundant"))
                .hasToString("true");
        assertThat(production.resource("Microsoft.Storage/storageAccounts").at("/sku/name"))
                .hasToString("\"Standard_ZRS\"");
        assertThat(production
                        .resource("Microsoft.DBforPostgreSQL/flexibleServers")
                        .at("/properties/highAvailability/mode"))
                .hasToString("\"ZoneRedundant\"");
        assertThat(production.resources("Microsoft.Authorization/locks")).hasSize(1);
        assertThat(production.resources("Microsoft.Insights/metricAlerts"))
                .hasSize(5)
                .allSatisfy(alarm -> assertThat(alarm.at("/properties/actions")).hasSize(1));
        assertThat(production.resources("Microsoft.Insights/scheduledQueryRules"))
                .hasSize(2);
        assertThat(production.resource("Microsoft.Insights/webtests").at("/properties/Request/RequestUrl"))
                .hasToString("\"https://app.azurewebsites.net/ready\"");
        assertThat(production.resource("Microsoft.Consumption/budgets").at("/properties/timePeriod/startDate"))
                .hasToString("\"2026-11-01\"");
    }

    @Test
    void refusesParametersThatItDoesNotHave() {
        assertThatThrownBy(() -> Deployment.of(TEMPLATE, EXAMPLE, "allowStorageKeys=true"))
                .hasMessage("The template has no parameter allowStorageKeys");
        assertThatThrownBy(() -> Deployment.of(TEMPLATE, EXAMPLE, "siteUpdateStrategy=\"Sideways\""))
                .hasMessageContaining("must be one of");
        assertThatThrownBy(() -> Deployment.of(TEMPLATE)).hasMessageContaining("is missing");
    }

    /** The rules find a property that a provider does not know, and a value that a provider does not accept. */
    @Test
    void theRulesFindMistakes() {
        JsonNode site = Deployment.of(TEMPLATE, EXAMPLE).resource("Microsoft.Web/sites");
        String text = site.toString();

        assertThat(violations(text.replace("\"httpsOnly\":true", "\"httpsOnly\":false")))
                .contains("/properties/httpsOnly");
        assertThat(violations(text.replace("\"httpsOnly\":", "\"httpOnly\":"))).contains("httpOnly");
        assertThat(violations(text.replace("2025-05-01", "2024-04-01"))).contains("There are no rules for");
    }

    private static String violations(String resource) {
        return ResourceRules.violations(new JsonMapper().readTree(resource));
    }

    private static String output(String name, String... parameters) {
        return Deployment.of(TEMPLATE, parameters).output(name).asString();
    }

    private static int storage(String... more) {
        return example(more)
                .resource("Microsoft.DBforPostgreSQL/flexibleServers")
                .at("/properties/storage/storageSizeGB")
                .intValue();
    }

    private static String vault(String... more) {
        return example(Stream.concat(Stream.of(SECRETS), Stream.of(more)).toArray(String[]::new))
                .resource("Microsoft.KeyVault/vaults")
                .path("name")
                .stringValue();
    }

    private static Deployment example(String... more) {
        return Deployment.of(
                TEMPLATE, Stream.concat(Stream.of(EXAMPLE), Stream.of(more)).toArray(String[]::new));
    }

    private static Map<String, String> settings(Deployment deployment) {
        return deployment
                .resource("Microsoft.Web/sites")
                .at("/properties/siteConfig/appSettings")
                .valueStream()
                .collect(
                        Collectors.toMap(setting -> setting.path("name").stringValue(), setting -> setting.path("value")
                                .stringValue()));
    }
}
