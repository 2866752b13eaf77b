package com.ecommerce.orders.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.testkit.DeploymentSandbox.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the deployment to AWS, with stand-ins for the account. */
@NullUnmarked
class DeployScriptTest {

    private static final Map<String, String> NOTHING = Map.of();

    @TempDir
    private Path directory;

    private DeployScript script;

    @BeforeEach
    void prepare() throws Exception {
        script = new DeployScript(directory);
    }

    @Test
    void migratesAfterAFirstDeploymentWithANewToken() throws Exception {
        Result result = script.run(NOTHING, "--yes");

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(script.calls())
                .containsSubsequence(
                        "mvn -Paws package",
                        "aws rds generate-db-auth-token --hostname db.example.com --port 5432 --username orders_owner",
                        "migrate.sh --login rds-iam as orders_owner with token of orders_owner for orders_app")
                .noneMatch(call -> call.contains("secretsmanager"));
        assertThat(position("sam deploy")).isLessThan(position("migrate.sh"));
    }

    @Test
    void migratesBeforeALaterDeployment() throws Exception {
        script.account("status", "UPDATE_COMPLETE");

        assertThat(script.run(NOTHING, "--yes").code()).isZero();

        assertThat(position("migrate.sh")).isLessThan(position("sam deploy"));
    }

    @Test
    void asksBeforeItMigratesAndDeploys() throws Exception {
        script.account("status", "UPDATE_COMPLETE");

        Result result = script.runWithInput("y\n", NOTHING);

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(result.text()).contains("Make these changes? [y/N]", "Deployed: https://api.example.com");
        assertThat(script.calls().stream()
                        .filter(call -> call.startsWith("sam deploy") || call.startsWith("migrate.sh"))
                        .map(call -> call.startsWith("migrate.sh")
                                ? "migrate"
                                : call.contains("--no-execute-changeset") ? "show" : "deploy"))
                .containsExactly("show", "migrate", "deploy");
        assertThat(script.calls()).noneMatch(call -> call.contains(" --confirm-changeset"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"n\n", "\n", ""})
    void changesNothingWhenTheOperatorDeclines(String typed) throws Exception {
        for (String status : List.of("", "UPDATE_COMPLETE")) {
            script.account("status", status);

            Result result = script.runWithInput(typed, NOTHING);

            assertThat(result.code()).as(result.text()).isEqualTo(4);
            assertThat(result.text())
                    .contains("declined: nothing was migrated or deployed", "--yes")
                    .doesNotContain("Deployed:");
        }
        assertThat(script.calls())
                .noneMatch(call -> call.startsWith("migrate.sh"))
                .filteredOn(call -> call.startsWith("sam deploy"))
                .hasSize(2)
                .allMatch(call -> call.contains("--no-execute-changeset"));
    }

    @Test
    void migratesAgainForAChangedLoginWhenItsSecretExists() throws Exception {
        script.account("status", "UPDATE_COMPLETE");
        script.account("outputs.next", DeployScript.outputs("secret"));

        assertThat(script.run(NOTHING, "--yes", "--set", "DatabaseLogin=secret").code())
                .isZero();

        assertThat(script.calls().stream().filter(call -> call.startsWith("migrate.sh")))
                .containsExactly(
                        "migrate.sh --login rds-iam as orders_owner with token of orders_owner for orders_app",
                        "migrate.sh  as orders_owner with token of orders_owner for orders_app with made up");
    }

    @Test
    void usesThePasswordOfAnOwnerThatHasOne() throws Exception {
        script.account("status", "UPDATE_COMPLETE");
        script.account("outputs", DeployScript.outputs("secret"));

        assertThat(script.run(Map.of("DB_OWNER", "ada", "DB_OWNER_PASSWORD", "own"), "--yes")
                        .code())
                .isZero();

        assertThat(script.calls()).contains("migrate.sh  as ada with own for orders_app with made up");
    }

    @Test
    void refusesAPasswordLoginThatWouldLockTheOwnerOut() throws Exception {
        script.account("status", "UPDATE_COMPLETE");

        Result result = script.run(Map.of("DB_OWNER_PASSWORD", "own"), "--yes");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text())
                .contains("Unset DB_OWNER_PASSWORD", "GRANT rds_iam TO orders_owner WITH ADMIN OPTION");
        assertThat(script.calls()).noneMatch(call -> call.startsWith("sam"));
    }

    @Test
    void doesNotDeployToAStackWhoseRollbackFailed() throws Exception {
        script.account("status", "UPDATE_ROLLBACK_FAILED");

        Result result = script.run(NOTHING, "--yes");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text())
                .contains("the stack orders-api is UPDATE_ROLLBACK_FAILED")
                .contains("aws cloudformation continue-update-rollback --stack-name orders-api --region eu-central-1");
        assertThat(script.calls()).noneMatch(call -> call.startsWith("sam") || call.startsWith("mvn"));
    }

    @Test
    void waitsUntilNamesAndPermissionsOfANewStackAreEffective() throws Exception {
        script.account("responseshealth", "000\n000\n403\n200");
        script.account("responsesready", "503\n200");
        script.account("responsesorders", "500\n401");

        Result result = script.run(NOTHING, "--yes");

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(result.text()).contains("Deployed: https://api.example.com");
        assertThat(script.sleeps()).isEqualTo(5);
    }

    @Test
    void stopsWaitingAfterATimeout() throws Exception {
        script.account("responsesready", "503");

        Result result = script.run(NOTHING, "--yes");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text()).contains("the function is deployed and not ready");
        assertThat(script.sleeps()).isEqualTo(24);
    }

    @Test
    void failsAtOnceIfOrdersAreShownWithoutAToken() throws Exception {
        script.account("responsesorders", "200");

        Result result = script.run(NOTHING, "--yes");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text()).contains("has the status 200 instead of 401", "Do not use this deployment");
        assertThat(script.sleeps()).isZero();
    }

    @Test
    void refusesAReservationThatLambdaWouldRefuseLater() throws Exception {
        script.account("unreserved", "10");

        Result result = script.run(NOTHING, "--yes");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text()).contains("ReservedConcurrency=50 is too much", "--set ReservedConcurrency=0");
        assertThat(script.run(NOTHING, "--yes", "--set", "ReservedConcurrency=0")
                        .code())
                .isZero();
    }

    @Test
    void theCommandLineOverridesAPreset() throws Exception {
        Result result = script.run(
                NOTHING,
                "--dry-run",
                "--preset",
                "production",
                "--set",
                "AlarmEmail=a@example.com",
                "--set",
                "BackupRetentionDays=35");

        assertThat(result.text())
                .contains("DatabaseMultiAz=true", "BackupRetentionDays=35")
                .doesNotContain("BackupRetentionDays=14");
    }

    @Test
    void aSettingsFileOverridesThePresetAndTheCommandLineOverridesBoth() throws Exception {
        script.write("aws/deploy.parameters", "# ours\nBackupRetentionDays=20\nAlarmEmail=a@example.com\n");

        Result file = script.run(NOTHING, "--dry-run", "--preset", "production");
        Result both = script.run(NOTHING, "--dry-run", "--preset", "production", "--set", "BackupRetentionDays=35");

        assertThat(file.text()).contains(" BackupRetentionDays=20").doesNotContain("BackupRetentionDays=14");
        assertThat(both.text()).contains(" BackupRetentionDays=35").doesNotContain("BackupRetentionDays=20");
    }

    @Test
    void refusesAParameterThatTheTemplateDoesNotHave() throws Exception {
        Result result = script.run(NOTHING, "--set", "NoSuchParameter=1");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.complaints()).contains("aws/template.yaml has no parameter NoSuchParameter");
        assertThat(script.calls()).isEmpty();
    }

    @Test
    void listsOrdersWithoutShowingTheToken() throws Exception {
        script.account("responsesorders?limit=1", "200");

        Result result = script.run(Map.of("SMOKE_TOKEN", "secret-token"), "--yes");

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(script.calls()).anyMatch(call -> call.endsWith("https://api.example.com/orders?limit=1"));
        assertThat(result.text() + script.calls()).doesNotContain("secret-token");
    }

    @Test
    void aPresetForProductionNeedsAnAddressForAlarms() throws Exception {
        Result result = script.run(NOTHING, "--yes", "--preset", "production");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text()).contains("Add --set AlarmEmail=");
        assertThat(script.run(NOTHING, "--preset", "none").code()).isEqualTo(2);
    }

    @Test
    void aDryRunPrintsEveryCommandInOrderWithItsPermissions() throws Exception {
        Result first = script.run(NOTHING, "--dry-run");
        Result again = script.run(NOTHING, "--dry-run=again");

        assertThat(commands(first))
                .containsExactly(
                        "aws sts",
                        "aws cloudformation",
                        "aws lambda",
                        "mvn",
                        "sam deploy",
                        "sam deploy",
                        "mkdir",
                        "curl",
                        "aws rds",
                        "env",
                        "curl",
                        "curl",
                        "curl");
        assertThat(commands(again))
                .containsExactly(
                        "aws sts",
                        "aws cloudformation",
                        "mkdir",
                        "curl",
                        "mvn",
                        "sam deploy",
                        "aws rds",
                        "env",
                        "sam deploy",
                        "curl",
                        "curl",
                        "curl");
        assertThat(script.calls()).isEmpty();
        assertThat(needs(first, "sam deploy")).isEqualTo(actionsOfTheDeployer());
        assertThat(needs(again, "sam deploy")).isEqualTo(actionsOfTheDeployer());
        assertThat(needs(first, "aws lambda")).containsExactly("lambda:GetAccountSettings");
        assertThat(needs(first, "env")).containsExactly("rds-db:connect");
    }

    @Test
    void aDryRunShowsThatASecretIsRead() throws Exception {
        Result result = script.run(NOTHING, "--dry-run", "--set", "DatabaseLogin=secret");

        assertThat(needs(result, "aws secretsmanager")).containsExactly("secretsmanager:GetSecretValue");
        assertThat(result.text()).contains("DB_PASSWORD='***'").doesNotContain("--login rds-iam");
    }

    @Test
    void buildsPushesAndDeploysAnImage() throws Exception {
        Result result = script.run(NOTHING, "--yes", "--image");

        assertThat(result.code()).as(result.text()).isZero();
        String repository = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders-api-orders";
        assertThat(script.calls())
                .noneMatch(call -> call.startsWith("mvn"))
                .anyMatch(call -> call.startsWith("docker build --platform linux/arm64 --provenance=false"
                        + " --file aws/Dockerfile --tag " + repository + ":"))
                .contains(
                        "docker login --username AWS --password-stdin 123456789012.dkr.ecr.eu-central-1.amazonaws.com")
                .anyMatch(call -> call.startsWith("docker push " + repository + ":"))
                .filteredOn(call -> call.startsWith("sam deploy"))
                .hasSize(1)
                .allSatisfy(call -> assertThat(call)
                        .contains("--template-file target/aws-image-template.yaml")
                        .contains("--image-repository " + repository)
                        .contains("PackageType=Image", "Architecture=arm64", "ImageUri=" + repository + "@sha256:abc"));
        assertThat(script.file("account/login")).isEqualTo("registry-password\n");
        assertThat(result.text() + script.calls()).doesNotContain("registry-password");
    }

    @Test
    void theTemplateForAnImageDiffersInTheFunctionOnly() throws Exception {
        assertThat(script.run(NOTHING, "--yes", "--image").code()).isZero();

        List<String> written =
                script.file("target/aws-image-template.yaml").lines().toList();
        List<String> original = Files.readAllLines(Path.of("aws/template.yaml"));
        assertThat(written.stream().filter(line -> !original.contains(line)))
                .containsExactly("      PackageType: Image", "      ImageUri: !Ref ImageUri");
        assertThat(original).hasSize(written.size() + 1);
        CloudFormationTemplate template = CloudFormationTemplate.read(
                directory.resolve("target/aws-image-template.yaml").toString());
        assertThat(template.properties("OrdersFunction"))
                .containsEntry("PackageType", "Image")
                .containsEntry("ImageUri", Map.of("Ref", "ImageUri"))
                .doesNotContainKeys("CodeUri", "Handler", "Runtime");
    }

    @Test
    void aLaterDeploymentOfAnImageStaysAnImage() throws Exception {
        script.account("status", "UPDATE_COMPLETE");
        script.account("repository", "123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders-api-orders");
        script.account("outputs", DeployScript.outputs("iam") + "\nPackageType=Image");

        assertThat(script.run(NOTHING, "--yes").code()).isZero();

        assertThat(script.calls())
                .anyMatch(call -> call.startsWith("docker push"))
                .noneMatch(call -> call.startsWith("aws ecr create-repository"));
        assertThat(script.run(NOTHING, "--yes", "--skip-build").code()).isZero();
        assertThat(script.calls())
                .filteredOn(call -> call.startsWith("docker push"))
                .hasSize(1);
    }

    @Test
    void refusesAnImageForAnotherProcessorThanThatOfTheBuild() throws Exception {
        script.account("processor", "amd64");

        Result result = script.run(NOTHING, "--yes", "--image", "--set", "Architecture=arm64");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text())
                .contains("Architecture=arm64, but Docker builds for x86_64 here", "--set Architecture=x86_64");
        assertThat(script.calls()).noneMatch(call -> call.startsWith("docker build"));
    }

    @Test
    void aFirstDeploymentOfAnImageNeedsAnImage() throws Exception {
        Result result = script.run(NOTHING, "--yes", "--image", "--skip-build");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text()).contains("there is no image to deploy", "--set ImageUri=");
    }

    @Test
    void aDryRunShowsEachPermissionForAnImage() throws Exception {
        Result result = script.run(NOTHING, "--dry-run", "--image");

        assertThat(commands(result))
                .containsSubsequence(
                        "aws ecr",
                        "docker",
                        "docker",
                        "aws ecr",
                        "docker",
                        "docker",
                        "aws ecr",
                        "sam deploy",
                        "sam deploy");
        assertThat(result.output()
                        .lines()
                        .filter(line -> line.contains("needs ecr:"))
                        .map(String::strip))
                .containsAll(CloudFormationTemplate.read("aws/deployer.yaml").statementsOf("ImagePolicy").stream()
                        .flatMap(statement -> ((List<?>) statement.get("Action")).stream())
                        .map(action -> "needs " + action)
                        .toList());
        assertThat(script.calls()).isEmpty();
    }

    private int position(String command) throws Exception {
        List<String> calls = script.calls();
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).startsWith(command)) {
                return i;
            }
        }
        throw new AssertionError(command + " is not in " + calls);
    }

    private static List<String> commands(Result dryRun) {
        return dryRun.commands().stream()
                .map(command -> command.replaceFirst("^((?:aws|sam) \\S+|\\S+).*", "$1"))
                .toList();
    }

    private static Set<String> needs(Result dryRun, String command) {
        return new TreeSet<>(dryRun.permissions(command));
    }

    private static Set<String> actionsOfTheDeployer() throws Exception {
        CloudFormationTemplate deployer = CloudFormationTemplate.read("aws/deployer.yaml");
        return deployer.namesOf("AWS::IAM::ManagedPolicy").stream()
                .filter(policy -> !Set.of("FrontPolicy", "ImagePolicy").contains(policy))
                .flatMap(policy -> deployer.statementsOf(policy).stream())
                .flatMap(statement -> ((List<?>) statement.get("Action")).stream())
                .map(String::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
