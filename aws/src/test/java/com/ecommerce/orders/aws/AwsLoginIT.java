package com.ecommerce.orders.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.aws.testkit.Certificates;
import com.ecommerce.orders.aws.testkit.CredentialsEndpoint;
import com.ecommerce.orders.aws.testkit.LambdaProcess;
import com.ecommerce.orders.aws.testkit.PasswordRole;
import com.ecommerce.orders.aws.testkit.RdsProxy;
import com.ecommerce.orders.aws.testkit.RuntimeApi;
import com.ecommerce.orders.aws.testkit.SecretsManager;
import com.ecommerce.orders.aws.testkit.TemplateUrl;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the logins to the database in {@code aws/template.yaml}, with the template's {@code DB_URL}s and TLS. */
class AwsLoginIT {

    /** The measured 5,046 classes (Java 17) and 10 % headroom: with TLS and the login of the template. */
    private static final int MAX_CLASSES_OF_IAM = 5_550;

    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir
    private static Path root;

    @BeforeAll
    static void unzip() throws Exception {
        Artifact.unzip(root);
    }

    @Test
    void logsInWithAnIamToken(@TempDir Path directory) throws Exception {
        Path classes = directory.resolve("classes.log");
        Certificates certificates = new Certificates(directory);
        try (RdsProxy proxy = new RdsProxy(certificates, true);
                RuntimeApi api = new RuntimeApi();
                LambdaProcess function = LambdaProcess.behindAGateway(
                        root,
                        api,
                        login(TemplateUrl.iam(proxy), RdsProxy.CREDENTIALS),
                        certificates.trustedBy(JDK),
                        "-Xlog:class+load:file=" + classes)) {
            assertThat(Calls.status(api.invoke(Calls.CREATE)))
                    .as(function.log())
                    .isEqualTo(201);
            assertThat(proxy.logins()).isPositive();
            System.out.printf("The same with TLS and a token of IAM: %d classes%n", LambdaProcess.classesIn(classes));
            assertThat(LambdaProcess.classesIn(classes)).isLessThanOrEqualTo(MAX_CLASSES_OF_IAM);
        }
    }

    @Test
    void isRefusedWithATokenOfAnotherKey(@TempDir Path directory) throws Exception {
        Certificates certificates = new Certificates(directory);
        Map<String, String> credentials = new HashMap<>(RdsProxy.CREDENTIALS);
        credentials.put("AWS_SECRET_ACCESS_KEY", "another");
        try (RdsProxy proxy = new RdsProxy(certificates, true);
                RuntimeApi api = new RuntimeApi();
                LambdaProcess function = LambdaProcess.behindAGateway(
                        root, api, login(TemplateUrl.iam(proxy), credentials), certificates.trustedBy(JDK))) {
            assertThat(Calls.status(api.invoke(Calls.CREATE))).isEqualTo(503);
            assertThat(function.log()).contains("PAM authentication failed").doesNotContain("X-Amz-Signature");
        }
    }

    @Test
    void saysWhichCredentialIsMissing(@TempDir Path directory) throws Exception {
        Certificates certificates = new Certificates(directory);
        Map<String, String> credentials = new HashMap<>(RdsProxy.CREDENTIALS);
        credentials.put("AWS_SECRET_ACCESS_KEY", "");
        try (RdsProxy proxy = new RdsProxy(certificates, true);
                RuntimeApi api = new RuntimeApi();
                LambdaProcess function = LambdaProcess.behindAGateway(
                        root, api, login(TemplateUrl.iam(proxy), credentials), certificates.trustedBy(JDK))) {
            assertThat(Calls.status(api.invoke(Calls.CREATE))).isEqualTo(503);
            assertThat(function.log()).contains("AWS_SECRET_ACCESS_KEY is missing");
        }
    }

    @Test
    void refusesAServerWithAnUntrustedCertificate(@TempDir Path directory) throws Exception {
        try (RdsProxy proxy = new RdsProxy(new Certificates(directory), true);
                RuntimeApi api = new RuntimeApi();
                LambdaProcess function =
                        LambdaProcess.behindAGateway(root, api, login(TemplateUrl.iam(proxy), RdsProxy.CREDENTIALS))) {
            assertThat(Calls.status(api.invoke(Calls.CREATE))).isEqualTo(503);
            assertThat(function.log()).contains("PKIX path building failed");
            assertThat(proxy.logins()).isZero();
        }
    }

    /** This is the other login of the template. Only the endpoint of Secrets Manager differs from a real account. */
    @Test
    void logsInWithASecretThatItReadsAtRunTime(@TempDir Path directory) throws Exception {
        PasswordRole.create();
        Certificates certificates = new Certificates(directory);
        try (RdsProxy proxy = new RdsProxy(certificates, false);
                SecretsManager secrets = new SecretsManager(certificates, PasswordRole.USER, PasswordRole.PASSWORD);
                RuntimeApi api = new RuntimeApi();
                LambdaProcess function = LambdaProcess.behindAGateway(
                        root, api, bySecret(proxy, secrets), certificates.trustedBy(JDK))) {
            assertThat(Calls.status(api.invoke(Calls.CREATE)))
                    .as(function.log())
                    .isEqualTo(201);
            int reads = secrets.reads();
            assertThat(Calls.status(api.invoke(Calls.CREATE))).isEqualTo(201);
            assertThat(reads).isPositive().isEqualTo(secrets.reads());
        }
    }

    @Test
    void logsInAgainAfterARestore(@TempDir Path directory) throws Exception {
        Certificates certificates = new Certificates(directory);
        try (RdsProxy proxy = new RdsProxy(certificates, true);
                CredentialsEndpoint credentials = new CredentialsEndpoint();
                RuntimeApi api = new RuntimeApi();
                LambdaProcess function = LambdaProcess.behindAGateway(
                        root,
                        api,
                        LambdaProcess.snapStarted(login(TemplateUrl.iam(proxy), credentials.settings())),
                        certificates.trustedBy(JDK))) {
            api.awaitCheckpoint();
            assertThat(proxy.logins()).as(function.log()).isPositive();
            int reads = credentials.reads();
            int resumed = proxy.resumed();
            assertThat(Database.connections()).isZero();
            api.restore();
            assertThat(Calls.status(api.invoke(Calls.CREATE)))
                    .as(function.log())
                    .isEqualTo(201);
            assertThat(credentials.reads()).isGreaterThan(reads);
            assertThat(proxy.resumed()).isEqualTo(resumed);
        }
    }

    private static Map<String, String> login(String url, Map<String, String> credentials) {
        Map<String, String> settings = new HashMap<>(credentials);
        settings.put("AWS_REGION", RdsProxy.REGION);
        settings.put("DB_URL", url);
        return settings;
    }

    private static Map<String, String> bySecret(RdsProxy proxy, SecretsManager secrets) throws Exception {
        Map<String, String> settings = login(TemplateUrl.secret(proxy), RdsProxy.CREDENTIALS);
        settings.put("DB_USER", PasswordRole.USER);
        settings.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.uri());
        return settings;
    }
}
