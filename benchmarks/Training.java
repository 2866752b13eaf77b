import com.ecommerce.orders.aws.testkit.Certificates;
import com.ecommerce.orders.aws.testkit.LambdaFunction;
import com.ecommerce.orders.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets the function of an image create orders, so that the JVM learns which classes the function needs. The function logs in
 * with TLS and IAM, as the template deploys it. A stand-in replaces RDS Proxy.
 */
class Training {

    private static final int CALLS = 200;

    /** Arguments: the image's directory, the event, its body. */
    public static void main(String[] arguments) throws Exception {
        ObjectNode event = (ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(Path.of(arguments[1])));
        ((ObjectNode) event.get("headers")).remove("idempotency-key");
        event.put("body", Files.readString(Path.of(arguments[2])));
        byte[] bytes = JsonMapper.shared().writeValueAsBytes(event);
        Map<String, String> settings = new HashMap<>(Map.of(
                "MAIN_CLASS", "com.ecommerce.orders.aws.AwsApplication",
                "ORDERS_IDENTITY_MODE", "gateway",
                "DB_USER", TestDatabase.USER));
        Path work = Files.createTempDirectory("training");
        Path jdk = Path.of(System.getProperty("java.home"));
        Certificates certificates = new Certificates(work);
        settings.putAll(Logins.byIam(certificates, jdk));
        Path java = jdk.resolve("bin").resolve("java");
        Lambda.Function function =
                new Lambda.Function("training", Path.of(arguments[0]), LambdaFunction.INVOKER, settings);
        try (Lambda lambda = Lambda.ofImage(java, function, "training.options")) {
            for (int i = 0; i < CALLS; i++) {
                lambda.create(bytes);
            }
            lambda.stop();
        }
        // Otherwise the threads of the embedded database keep this program alive.
        System.exit(0);
    }
}
