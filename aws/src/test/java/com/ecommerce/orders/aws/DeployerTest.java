package com.ecommerce.orders.aws;

import static com.ecommerce.orders.aws.CloudFormationTemplate.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests of the permissions in {@code aws/deployer.yaml} and of the GitHub workflow that uses them. */
@NullUnmarked
class DeployerTest {

    /** The actions without which CloudFormation cannot create, change and delete a resource of the type. */
    private static final Map<String, List<String>> OF_TYPE = new TreeMap<>(Map.ofEntries(
            Map.entry("AWS::ApiGatewayV2::ApiMapping", List.of("apigateway:POST", "apigateway:DELETE")),
            Map.entry("AWS::ApiGatewayV2::DomainName", List.of("apigateway:POST", "apigateway:PATCH")),
            Map.entry("AWS::Budgets::Budget", List.of("budgets:ModifyBudget", "budgets:ViewBudget")),
            Map.entry("AWS::CloudWatch::Alarm", List.of("cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms")),
            Map.entry(
                    "AWS::Cognito::UserPool",
                    List.of(
                            "cognito-idp:CreateUserPool",
                            "cognito-idp:UpdateUserPool",
                            "cognito-idp:SetUserPoolMfaConfig")),
            Map.entry(
                    "AWS::Cognito::UserPoolClient",
                    List.of("cognito-idp:CreateUserPoolClient", "cognito-idp:UpdateUserPoolClient")),
            Map.entry(
                    "AWS::Cognito::UserPoolDomain",
                    List.of("cognito-idp:CreateUserPoolDomain", "cognito-idp:DeleteUserPoolDomain")),
            Map.entry(
                    "AWS::Cognito::UserPoolResourceServer",
                    List.of("cognito-idp:CreateResourceServer", "cognito-idp:UpdateResourceServer")),
            Map.entry("AWS::EC2::Instance", List.of("ec2:RunInstances", "ec2:TerminateInstances")),
            Map.entry(
                    "AWS::EC2::InstanceConnectEndpoint",
                    List.of("ec2:CreateInstanceConnectEndpoint", "ec2:DeleteInstanceConnectEndpoint")),
            Map.entry(
                    "AWS::EC2::SecurityGroup",
                    List.of("ec2:CreateSecurityGroup", "ec2:DeleteSecurityGroup", "ec2:AuthorizeSecurityGroupEgress")),
            Map.entry(
                    "AWS::EC2::SecurityGroupIngress",
                    List.of("ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress")),
            Map.entry("AWS::EC2::Subnet", List.of("ec2:CreateSubnet", "ec2:DeleteSubnet")),
            Map.entry("AWS::EC2::VPC", List.of("ec2:CreateVpc", "ec2:ModifyVpcAttribute", "ec2:DeleteVpc")),
            Map.entry("AWS::EC2::VPCEndpoint", List.of("ec2:CreateVpcEndpoint", "ec2:DeleteVpcEndpoints")),
            Map.entry(
                    "AWS::IAM::ManagedPolicy",
                    List.of("iam:CreatePolicy", "iam:CreatePolicyVersion", "iam:DeletePolicy")),
            Map.entry(
                    "AWS::IAM::Role", List.of("iam:CreateRole", "iam:PutRolePolicy", "iam:PassRole", "iam:DeleteRole")),
            Map.entry("AWS::Lambda::Permission", List.of("lambda:AddPermission", "lambda:RemovePermission")),
            Map.entry("AWS::Logs::LogGroup", List.of("logs:CreateLogGroup", "logs:PutRetentionPolicy")),
            Map.entry("AWS::Logs::MetricFilter", List.of("logs:PutMetricFilter", "logs:DeleteMetricFilter")),
            Map.entry(
                    "AWS::RDS::DBInstance",
                    List.of(
                            "rds:CreateDBInstance",
                            "rds:ModifyDBInstance",
                            "rds:DeleteDBInstance",
                            "rds:CreateDBSnapshot")),
            Map.entry("AWS::RDS::DBProxy", List.of("rds:CreateDBProxy", "rds:ModifyDBProxy", "iam:PassRole")),
            Map.entry(
                    "AWS::RDS::DBProxyTargetGroup",
                    List.of("rds:RegisterDBProxyTargets", "rds:DescribeDBProxyTargets")),
            Map.entry("AWS::RDS::DBSubnetGroup", List.of("rds:CreateDBSubnetGroup", "rds:DeleteDBSubnetGroup")),
            Map.entry("AWS::Route53::RecordSet", List.of("route53:ChangeResourceRecordSets", "route53:GetChange")),
            Map.entry("AWS::SNS::Topic", List.of("sns:CreateTopic", "sns:Subscribe", "sns:DeleteTopic")),
            Map.entry(
                    "AWS::SecretsManager::Secret",
                    List.of("secretsmanager:CreateSecret", "secretsmanager:DeleteSecret")),
            // SAM creates more resources for these two: version, alias, traffic shift and schedule of the function, and
            // a
            // log of the API.
            Map.entry(
                    "AWS::Serverless::Function",
                    List.of(
                            "lambda:CreateFunction",
                            "lambda:UpdateFunctionCode",
                            "lambda:PutFunctionConcurrency",
                            "lambda:PublishVersion",
                            "lambda:CreateAlias",
                            "codedeploy:CreateApplication",
                            "codedeploy:CreateDeployment",
                            "iam:AttachRolePolicy",
                            "events:PutRule")),
            Map.entry(
                    "AWS::Serverless::HttpApi",
                    List.of("apigateway:POST", "logs:CreateLogDelivery", "logs:PutResourcePolicy"))));

    private static final int LONGEST_POLICY = 6_144;

    private static CloudFormationTemplate deployer;

    @BeforeAll
    static void read() throws IOException {
        deployer = CloudFormationTemplate.read("aws/deployer.yaml");
    }

    @Test
    void namesEachActionWithoutWildcards() {
        assertThat(actions()).isNotEmpty().allSatisfy(action -> assertThat(action)
                .matches("[a-z0-9-]+:[A-Za-z]+"));
    }

    @Test
    void permitsTheActionsThatEachResourceOfTheTemplateNeeds() throws IOException {
        CloudFormationTemplate template = CloudFormationTemplate.read("aws/template.yaml");
        template.resources().keySet().forEach(name -> {
            String type = String.valueOf(map(template.resources(), name).get("Type"));
            assertThat(OF_TYPE)
                    .as("add the actions of %s here and to aws/deployer.yaml", type)
                    .containsKey(type);
            assertThat(actions()).as(name).containsAll(OF_TYPE.get(type));
        });
    }

    @Test
    void noPolicyIsLongerThanIamAllows() {
        assertThat(deployer.namesOf("AWS::IAM::ManagedPolicy")).allSatisfy(policy -> assertThat(
                        deployer.properties(policy).get("PolicyDocument").toString())
                .hasSizeLessThan(LONGEST_POLICY));
    }

    @Test
    void permitsRolesAndPoliciesOfTheStackOnly() {
        for (Map<String, Object> statement : statements()) {
            if (statement.get("Action").toString().contains("iam:")) {
                assertThat(statement.get("Resource").toString())
                        .containsPattern(
                                "role/\\$\\{StackName}-\\*|policy/\\$\\{StackName}-\\*|role/aws-service-role/\\*");
            }
        }
    }

    @Test
    void readsOnlyTheArtifactsAndTheNamedTruststoreInS3() {
        assertThat(statements())
                .filteredOn(statement -> statement.get("Action").toString().contains("s3:GetObject"))
                .extracting(
                        statement -> statement.get("Sid"),
                        statement -> statement.get("Resource").toString())
                .containsExactlyInAnyOrder(
                        tuple("Artifact", "[{Fn::Sub=arn:${AWS::Partition}:s3:::aws-sam-cli-managed-default-*}]"),
                        tuple("Truststore", "{Ref=TruststoreArn}"));
        assertThat(deployer.get("Parameters", "TruststoreArn", "Default")).isEqualTo("");
        assertThat(deployer.properties("FunctionPolicy").get("PolicyDocument").toString())
                .contains("{Fn::If=[WithTruststore, {Sid=Truststore");
    }

    @Test
    void letsOneEnvironmentOfOneRepositoryDeploy() {
        assertThat(deployer.properties("GitHubRole")
                        .get("AssumeRolePolicyDocument")
                        .toString())
                .contains("sts:AssumeRoleWithWebIdentity")
                .contains("StringEquals")
                .doesNotContain("StringLike")
                .contains("token.actions.githubusercontent.com:aud=sts.amazonaws.com")
                .contains("repo:${GitHubRepository}:environment:${GitHubEnvironment}");
    }

    @Test
    void theWorkflowStoresNoKey() throws IOException {
        String workflow = Files.readString(Path.of("aws/github-workflow.yaml"));
        assertThat(workflow).doesNotContain("secrets.").doesNotContainIgnoringCase("access-key");
        Map<String, Object> parsed = CloudFormationTemplate.parse(workflow);
        assertThat(map(parsed, "permissions"))
                .containsEntry("id-token", "write")
                .containsEntry("contents", "read");
        Map<String, Object> job = map(map(parsed, "jobs"), "deploy");
        assertThat(job)
                .containsEntry("environment", deployer.get("Parameters", "GitHubEnvironment", "Default"))
                .containsKey("timeout-minutes");
        assertThat(workflow).contains("role-to-assume:", "run: scripts/deploy_aws.sh --yes");
    }

    @Test
    void theGuideListsEachAction() throws IOException {
        String guide = Files.readString(Path.of("docs/deploying-aws.md"))
                .split("\n## Permissions\n")[1]
                .split("\n## ")[0];
        for (Map<String, Object> statement : statements()) {
            String row = guide.lines()
                    .filter(line -> line.startsWith("| `" + statement.get("Sid") + "` |"))
                    .reduce("", String::concat);
            assertThat(row).as("the row of %s", statement.get("Sid")).isNotEmpty();
            assertThat(row.substring(row.indexOf('|', 1) + 1, row.lastIndexOf('|'))
                            .strip()
                            .split(", "))
                    .containsAll(actionsOf(statement));
        }
    }

    private static List<String> actions() {
        return statements().stream()
                .flatMap(statement -> actionsOf(statement).stream())
                .toList();
    }

    private static List<String> actionsOf(Map<String, Object> statement) {
        return ((List<?>) statement.get("Action")).stream().map(String::valueOf).toList();
    }

    private static List<Map<String, Object>> statements() {
        List<Map<String, Object>> statements = new ArrayList<>();
        for (String policy : deployer.namesOf("AWS::IAM::ManagedPolicy")) {
            statements.addAll(deployer.statementsOf(policy));
        }
        return statements;
    }
}
