package com.ecommerce.orders.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that run the Python functions of {@code aws/template.yaml} as Lambda does. */
class InlineFunctionsTest {

    private static final String RUN = "\nimport json, sys\nprint(json.dumps(handler(json.loads(sys.argv[1]), None)))\n";

    @TempDir
    private Path directory;

    @BeforeEach
    void needPython() {
        assumeTrue(canRun("python3"), "NOT CHECKED: python3 is missing");
    }

    @Test
    void putsTheTenantAndAVerifiedAddressIntoAUsersToken() throws Exception {
        assertThat(
                        token(
                                "{\"triggerSource\":\"TokenGeneration_HostedAuth\",\"request\":{\"userAttributes\":"
                                        + "{\"custom:tenant_id\":\"blue\",\"email\":\"ada@example.com\",\"email_verified\":\"true\"}}}"))
                .contains("\"custom:tenant_id\": \"blue\"")
                .contains("\"email\": \"ada@example.com\"");
    }

    @Test
    void leavesOutAnUnverifiedAddress() throws Exception {
        assertThat(
                        token(
                                "{\"triggerSource\":\"TokenGeneration_HostedAuth\",\"request\":{\"userAttributes\":"
                                        + "{\"custom:tenant_id\":\"blue\",\"email\":\"ada@example.com\",\"email_verified\":\"false\"}}}"))
                .contains("\"claimsToAddOrOverride\": {\"custom:tenant_id\": \"blue\"}");
    }

    @Test
    void readsTheTenantOfAMachineFromTheMapOnly() throws Exception {
        assertThat(
                        token(
                                "{\"triggerSource\":\"TokenGeneration_ClientCredentials\",\"callerContext\":{\"clientId\":\"m1\"}}"))
                .contains("\"claimsToAddOrOverride\": {\"custom:tenant_id\": \"green\"}");
        assertThat(token(
                        "{\"triggerSource\":\"TokenGeneration_ClientCredentials\",\"callerContext\":{\"clientId\":\"m2\"},"
                                + "\"request\":{\"clientMetadata\":{\"custom:tenant_id\":\"green\"}}}"))
                .contains("\"claimsToAddOrOverride\": {}");
    }

    @Test
    void failsTheUptimeCheckUnlessTheApiIsReady() throws Exception {
        HttpServer api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            int[] status = {200};
            api.createContext("/ready", exchange -> {
                exchange.sendResponseHeaders(status[0], -1);
                exchange.close();
            });
            api.start();
            Map<String, String> url =
                    Map.of("API_URL", "http://127.0.0.1:" + api.getAddress().getPort());
            assertThat(run("UptimeCheckFunction", url, "{}").code()).isZero();
            status[0] = 503;
            assertThat(run("UptimeCheckFunction", url, "{}").code()).isNotZero();
            api.stop(0);
            assertThat(run("UptimeCheckFunction", url, "{}").code()).isNotZero();
        } finally {
            api.stop(0);
        }
    }

    private String token(String event) throws Exception {
        Result result = run("TokenTrigger", Map.of("MACHINE_TENANTS", "m1=green"), event);
        assertThat(result.code()).as(result.output()).isZero();
        return result.output();
    }

    private Result run(String function, Map<String, String> environment, String event) throws Exception {
        String code = String.valueOf(CloudFormationTemplate.read("aws/template.yaml")
                .properties(function)
                .get("InlineCode"));
        Path file = directory.resolve("index.py");
        Files.writeString(file, code + RUN);
        ProcessBuilder builder = new ProcessBuilder("python3", file.toString(), event).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private static boolean canRun(String program) {
        try {
            return new ProcessBuilder(program, "--version").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Result(int code, String output) {}
}
