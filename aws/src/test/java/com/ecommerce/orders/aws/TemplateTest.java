package com.ecommerce.orders.aws;

import static com.ecommerce.orders.aws.CloudFormationTemplate.map;
import static com.ecommerce.orders.aws.CloudFormationTemplate.maps;
import static com.ecommerce.orders.aws.CloudFormationTemplate.references;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests of the settings in {@code aws/template.yaml} whose mistakes would be expensive. */
@NullUnmarked
class TemplateTest {

    private static final Set<String> WITH_DATA = Set.of(
            "AWS::RDS::DBInstance", "AWS::Cognito::UserPool", "AWS::SecretsManager::Secret", "AWS::Logs::LogGroup");

    private static CloudFormationTemplate template;

    @BeforeAll
    static void read() throws IOException {
        template = CloudFormationTemplate.read("aws/template.yaml");
    }

    @Test
    void everyResourceWithDataHasADeletionPolicy() {
        template.resources().forEach((name, resource) -> {
            if (WITH_DATA.contains(map(template.resources(), name).get("Type"))) {
                assertThat(map(template.resources(), name))
                        .as(name)
                        .containsKeys("DeletionPolicy", "UpdateReplacePolicy");
            }
        });
        assertThat(template.get("Resources", "Database", "DeletionPolicy")).isEqualTo("Snapshot");
        assertThat(template.get("Resources", "UserPool", "UpdateReplacePolicy")).isEqualTo("Retain");
    }

    @Test
    void theOwnerLogsInWithIamFromTheStart() {
        assertThat(template.properties("Database"))
                .containsEntry("MasterUserAuthenticationType", "iam-db-auth")
                .containsEntry("EnableIAMDatabaseAuthentication", true)
                .doesNotContainKeys("MasterUserPassword", "ManageMasterUserPassword");
    }

    @Test
    void outputsThePolicyForTheLoginOfTheOwner() {
        Map<String, Object> login = maps(template.get(
                        "Resources", "MigrationPolicy", "Properties", "PolicyDocument", "Statement"))
                .get(0);
        assertThat(login).containsEntry("Effect", "Allow").containsEntry("Action", "rds-db:connect");
        assertThat(String.valueOf(login.get("Resource")))
                .contains("dbuser:${Id}/${Owner}")
                .contains("Database.DbiResourceId")
                .contains("ExistingDatabaseResourceId")
                .contains("orders_owner");
        assertThat(template.get("Outputs", "MigrationPolicyArn", "Value")).isEqualTo(Map.of("Ref", "MigrationPolicy"));
        assertThat(template.get("Outputs", "DatabaseOwner", "Value").toString())
                .contains(String.valueOf(template.properties("Database").get("MasterUsername")));
    }

    @Test
    void allowsANewerVersionOfPostgres() {
        assertThat(template.properties("Database"))
                .containsEntry("AllowMajorVersionUpgrade", true)
                .containsEntry("EngineVersion", Map.of("Ref", "PostgresVersion"))
                .doesNotContainKey("DBParameterGroupName");
    }

    @Test
    void readsTheZonesFromParameters() {
        assertThat(references(template.properties("SubnetA").get("AvailabilityZone")))
                .contains("FirstZone");
        assertThat(references(template.properties("SubnetB").get("AvailabilityZone")))
                .contains("SecondZone");
    }

    @Test
    void leavesHalfOfTheVpcFree() {
        int prefix = Integer.parseInt(
                template.get("Parameters", "VpcCidr", "Default").toString().replaceFirst(".*/", ""));
        int largestPrefix = 20;
        assertThat(prefix).isLessThanOrEqualTo(largestPrefix);
        for (String subnet : template.namesOf("AWS::EC2::Subnet")) {
            // The VPC has eight ranges of 2^9 addresses. A subnet has one range.
            assertThat(template.properties(subnet).get("CidrBlock").toString()).contains("{Ref=VpcCidr}, 8, 9]");
        }
        assertThat(8 << 9).isEqualTo(1 << 32 - largestPrefix);
        assertThat(template.namesOf("AWS::EC2::Subnet").size()).isLessThanOrEqualTo(4);
    }

    @Test
    void disablesTheDefaultNameForACustomName() {
        assertThat(template.properties("Api"))
                .containsEntry("DisableExecuteApiEndpoint", Map.of("Fn::If", List.of("WithDomain", true, false)));
        assertThat(template.get("Outputs", "ApiUrl", "Value").toString())
                .contains("${DomainName}", "${FrontDomainName}");
        assertThat(template.properties("ApiDomain")).containsKey("MutualTlsAuthentication");
    }

    @Test
    void limitsEachRouteThatNeedsNoToken() {
        Map<String, Object> limits = map(template.properties("Api"), "RouteSettings");
        assertThat(anonymousRoutes()).isNotEmpty().allSatisfy(route -> {
            Map<String, Object> limit = map(limits, route);
            assertThat(limit.get("ThrottlingRateLimit")).isIn(5, Map.of("Ref", "AnonymousRequestsPerSecond"));
            assertThat(limit.get("ThrottlingBurstLimit")).isIn(10, Map.of("Ref", "AnonymousRequestBurst"));
        });
        assertThat(new TreeSet<>(limits.keySet())).isEqualTo(new TreeSet<>(anonymousRoutes()));
        assertThat((Integer) template.get("Parameters", "AnonymousRequestsPerSecond", "Default"))
                .isLessThan((Integer) template.get("Parameters", "RequestsPerSecond", "Default"));
    }

    @Test
    void allowsTheRoutesWithoutATokenThatTheContractAllows() throws IOException {
        Map<String, Object> paths = map(
                CloudFormationTemplate.parse(Files.readString(Path.of("src/main/resources/openapi.yaml"))), "paths");
        Set<String> open = new TreeSet<>();
        paths.forEach((path, operations) -> map(paths, path).forEach((method, operation) -> {
            if (operation instanceof Map<?, ?> found && List.of().equals(found.get("security"))) {
                open.add(method.toUpperCase(Locale.ROOT) + " " + path);
            }
        }));
        assertThat(anonymousRoutes()).containsAll(open);
    }

    private static List<String> anonymousRoutes() {
        Map<String, Object> events = map(template.properties("OrdersFunction"), "Events");
        return events.keySet().stream()
                .map(event -> map(map(events, event), "Properties"))
                .filter(event -> Map.of("Authorizer", "NONE").equals(event.get("Auth")))
                .map(event -> event.get("Method") + " " + event.get("Path"))
                .toList();
    }

    @Test
    void reservesConcurrencyByDefault() {
        assertThat((Integer) template.get("Parameters", "ReservedConcurrency", "Default"))
                .isPositive();
        assertThat(references(template.properties("OrdersFunction").get("ReservedConcurrentExecutions")))
                .contains("ReservedConcurrency");
    }

    @Test
    void usesEachRefreshTokenOnce() {
        assertThat(template.properties("UserClient"))
                .containsEntry("RefreshTokenRotation", Map.of("Feature", "ENABLED", "RetryGracePeriodSeconds", 60))
                .containsEntry("ExplicitAuthFlows", List.of("ALLOW_USER_SRP_AUTH"))
                .containsEntry("EnableTokenRevocation", true);
    }

    /** An attacker can't use a code from a browser's address without the PKCE verifier, but could use an implicit token. */
    @Test
    void usesTheAuthorizationCodeFlowWithoutImplicitTokens() {
        assertThat(template.properties("UserClient"))
                .containsEntry("AllowedOAuthFlows", List.of("code"))
                .containsEntry("GenerateSecret", false);
    }

    @Test
    void movesTrafficBackByAlarmsThatDoNotDependOnTheGuardedAlias() {
        Map<String, Object> preference = map(template.properties("OrdersFunction"), "DeploymentPreference");
        assertThat(preference).containsEntry("Type", Map.of("Ref", "TrafficShift"));
        List<String> alarms = references(preference.get("Alarms"));
        assertThat(alarms).isNotEmpty().allSatisfy(alarm -> assertThat(references(template.properties(alarm)))
                .doesNotContain("Api", "Proxy"));
        assertThat(template.properties("ServerErrorsFilter")).containsEntry("FilterPattern", "{ $.status >= 500 }");
    }

    @Test
    void alarmsWatchDatabaseProxyFunctionAndApi() {
        Map<String, Set<Object>> watched = new TreeMap<>(template.namesOf("AWS::CloudWatch::Alarm").stream()
                .map(template::properties)
                .collect(Collectors.groupingBy(
                        alarm -> String.valueOf(alarm.get("Dimensions"))
                                .replaceFirst("^.*?Name=(?:\\{Fn::If=\\[IsCluster, )?(\\w+).*", "$1"),
                        Collectors.mapping(alarm -> alarm.get("MetricName"), Collectors.toSet()))));
        assertThat(watched.get("FunctionName")).contains("Errors", "Throttles", "Duration");
        assertThat(watched.get("ApiId")).contains("5xx");
        assertThat(watched.get("ProxyName"))
                .contains(
                        "DatabaseConnectionsSetupFailed",
                        "ClientConnectionsSetupFailedAuth",
                        "DatabaseConnectionsBorrowLatency");
        assertThat(watched.get("DBClusterIdentifier")).contains("CPUUtilization", "MaximumUsedTransactionIDs");
        assertThat(watched.get("DBInstanceIdentifier")).contains("FreeStorageSpace");
    }

    @Test
    void everyAlarmNotifiesTheConfiguredAddress() {
        assertThat(template.namesOf("AWS::CloudWatch::Alarm")).allSatisfy(alarm -> assertThat(
                        references(template.properties(alarm).get("AlarmActions")))
                .as(alarm)
                .contains("AlarmTopic"));
    }

    @Test
    void anUptimeCheckThatDoesNotRunRaisesAnAlarm() {
        assertThat(template.properties("UptimeAlarm")).containsEntry("TreatMissingData", "breaching");
        assertThat(template.properties("UptimeCheckFunction").toString())
                .contains("rate(1 minute)", "${FrontDomainName}", "${DomainName}", "execute-api");
        assertThat(template.properties("UptimeCheckFunction")).doesNotContainKey("VpcConfig");
    }

    @Test
    void theBudgetNotifiesBeforeTheMoneyIsSpent() {
        assertThat(maps(template.properties("Budget").get("NotificationsWithSubscribers")))
                .extracting(notice -> map(notice, "Notification").get("NotificationType"))
                .containsExactly("ACTUAL", "FORECASTED");
    }

    @Test
    void refusesContradictoryParametersBeforeItCreatesResources() {
        Map<String, Object> rules = map(template.content(), "Rules");
        assertThat(rules)
                .containsOnlyKeys(
                        "Image", "Snapshots", "CustomDomain", "ClientCertificates", "Front", "BudgetRecipient");
        rules.forEach((name, rule) -> assertThat(maps(map(rules, name).get("Assertions")))
                .allSatisfy(assertion -> assertThat(
                                assertion.get("AssertDescription").toString())
                        .contains(" needs ")));
    }

    @Test
    void thePresetForProductionHasZonesProtectionAlarmsAnUptimeCheckAndABudget() throws IOException {
        Map<String, String> preset = Preset.read("aws/production.parameters");
        assertThat(preset)
                .containsEntry("DatabaseMultiAz", "true")
                .containsEntry("DeletionProtection", "true")
                .containsEntry("UptimeCheck", "true");
        assertThat(preset.get("TrafficShift")).startsWith("Canary");
        assertThat(Integer.parseInt(preset.get("MonthlyBudgetDollars"))).isPositive();
        assertThat(Integer.parseInt(preset.get("BackupRetentionDays"))).isGreaterThanOrEqualTo(14);
        assertThat(Integer.parseInt(preset.get("ReservedConcurrency"))).isPositive();
        assertThat(template.namesOf("AWS::EC2::Subnet")).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aPresetSetsOnlyParametersAndValuesOfTheTemplate() throws IOException {
        Preset.read("aws/production.parameters").forEach((name, value) -> {
            Map<String, Object> parameter = map(template.parameters(), name);
            if (parameter.get("AllowedValues") instanceof List<?> allowed) {
                assertThat(allowed.stream().map(String::valueOf)).as(name).contains(value);
            }
            if ("Number".equals(parameter.get("Type"))) {
                assertThat(value).as(name).containsOnlyDigits();
            }
        });
    }

    @Test
    void everyParameterHasADescription() throws IOException {
        String guide = Files.readString(Path.of("docs/deploying-aws.md"));
        template.parameters().forEach((name, parameter) -> {
            assertThat(Objects.toString(map(template.parameters(), name).get("Description")))
                    .endsWith(".");
            assertThat(guide).as(name).contains("`" + name + "`");
        });
    }
}
