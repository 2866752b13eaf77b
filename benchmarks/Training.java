import com.ecommerce.orders.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Lets the function of an image create orders, so that the JVM learns which classes the function needs. */
class Training {

    private static final int CALLS = 200;

    /** Arguments: the image's directory, the event, its body. */
    public static void main(String[] arguments) throws Exception {
        ObjectNode event = (ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(Path.of(arguments[1])));
        ((ObjectNode) event.get("headers")).remove("idempotency-key");
        event.put("body", Files.readString(Path.of(arguments[2])));
        byte[] bytes = JsonMapper.shared().writeValueAsBytes(event);
        Map<String, String> settings = Map.of(
                "MAIN_CLASS",
                "com.ecommerce.orders.aws.AwsApplication",
                "ORDERS_IDENTITY_MODE",
                "gateway",
                "DB_URL",
                TestDatabase.get().url(),
                "DB_USER",
                TestDatabase.USER,
                "DB_PASSWORD",
                TestDatabase.PASSWORD);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try (Lambda lambda = Lambda.inTraining(java, Path.of(arguments[0]), settings)) {
            for (int i = 0; i < CALLS; i++) {
                lambda.create(bytes);
            }
            lambda.stop();
        }
        // Otherwise the threads of the embedded database keep this program alive.
        System.exit(0);
    }
}
