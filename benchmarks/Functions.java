import com.ecommerce.orders.aws.testkit.LambdaFunction;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The functions that run in turns, and their common event. */
final class Functions {

    private static final String INVOKER = LambdaFunction.INVOKER;

    private static final Tokens TOKENS = new Tokens(
            "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Example01",
            "1example23456789userclient",
            Map.of("tenant_id", "custom:tenant_id"));

    private final Path work;

    /** @param work the folder with the unpacked {@code api}, {@code floor}, {@code samples} and {@code steps} */
    Functions(Path work) {
        this.work = work;
    }

    /**
     * Returns the sample event with a valid token and an order of two items. A key would turn the repetition into a
     * replay.
     */
    static byte[] event(Path sample, Path order) throws IOException {
        ObjectNode event = (ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(sample));
        String token = TOKENS.mint(Map.of(
                "tenant_id", "benchmark",
                "sub", "alice",
                "email", "alice@example.org",
                "scope", "orders-api/orders:read orders-api/orders:write"));
        ObjectNode headers = (ObjectNode) event.get("headers");
        headers.remove("idempotency-key");
        headers.put("authorization", "Bearer " + token);
        event.put("body", Files.readString(order));
        return JsonMapper.shared().writeValueAsBytes(event);
    }

    /** Returns the columns of every table: the floor, the API in both modes, and the samples' way. */
    List<Lambda.Function> all() {
        return List.of(
                floor(),
                api(),
                new Lambda.Function("API, jwt", work.resolve("api"), INVOKER, jwt()),
                new Lambda.Function("samples' way", work.resolve("samples"), INVOKER, samples()));
    }

    /** Returns the API and the floor with the logins of the template. */
    List<Lambda.Function> byLogin(Path jdk) throws Exception {
        return new Logins(floor(), api(), work).on(jdk);
    }

    /** Returns the API from its ZIP and from the files of the image for a JDK, with the login that the template deploys. */
    List<Lambda.Function> byPackage(Path jdk) throws Exception {
        Path image = work.resolve("image-" + jdk.getFileName());
        return new Logins(floor(), api(), work).byPackage(jdk, image);
    }

    /** Returns the steps from the floor to the API. */
    List<Lambda.Function> stepByStep() {
        return List.of(
                floor(),
                step("floor in the adapter", 1),
                step("with the pool", 2),
                step("with the log line", 3),
                api());
    }

    private Lambda.Function floor() {
        return new Lambda.Function("floor", work.resolve("floor"), "FloorHandler::handleRequest", databaseSettings());
    }

    private Lambda.Function api() {
        return new Lambda.Function("API, gateway", work.resolve("api"), INVOKER, gateway());
    }

    private Lambda.Function step(String name, int steps) {
        Map<String, String> settings = new HashMap<>(databaseSettings());
        settings.put("MAIN_CLASS", "FloorSteps");
        settings.put("FLOOR_STEPS", Integer.toString(steps));
        return new Lambda.Function(name, work.resolve("steps"), INVOKER, settings);
    }

    /** Returns the mode that the template deploys: the gateway has verified the token. */
    private static Map<String, String> gateway() {
        Map<String, String> settings = apiSettings();
        settings.put("ORDERS_IDENTITY_MODE", "gateway");
        return settings;
    }

    private static Map<String, String> jwt() {
        Map<String, String> settings = apiSettings();
        settings.put("ORDERS_IDENTITY_JWT_ISSUER", TOKENS.issuer());
        settings.put("ORDERS_IDENTITY_JWT_AUDIENCE", TOKENS.audience());
        settings.put("ORDERS_IDENTITY_JWT_JWKSET", TOKENS.jwkSetJson());
        return settings;
    }

    private static Map<String, String> apiSettings() {
        Map<String, String> settings = new HashMap<>(databaseSettings());
        settings.put("MAIN_CLASS", "com.ecommerce.orders.aws.AwsApplication");
        return settings;
    }

    private static Map<String, String> samples() {
        Map<String, String> settings = new HashMap<>(databaseSettings());
        settings.put("MAIN_CLASS", "samples.SampleApplication");
        return settings;
    }

    private static Map<String, String> databaseSettings() {
        return Map.of(
                "DB_URL", TestDatabase.get().url(),
                "DB_USER", TestDatabase.USER,
                "DB_PASSWORD", TestDatabase.PASSWORD);
    }
}
