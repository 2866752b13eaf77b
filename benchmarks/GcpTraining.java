import com.ecommerce.orders.gcp.testkit.Deployment;
import com.ecommerce.orders.gcp.testkit.GoogleInvoker;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets the function of an image create orders, so that the JVM learns which classes the function needs. Then starts the
 * image once more and prints the time to its first order.
 */
final class GcpTraining {

    private static final int CALLS = 200;

    private GcpTraining() {}

    /** Arguments: the directory of the image, an order. */
    public static void main(String[] arguments) throws Exception {
        Path image = Path.of(arguments[0]);
        Tokens tokens = new Tokens();
        Map<String, String> settings = new HashMap<>(TestDatabase.get().settings());
        settings.putAll(tokens.settings());
        GcpOrders orders = GcpOrders.withToken(tokens, Files.readString(Path.of(arguments[1])));
        try (GoogleInvoker invoker = GoogleInvoker.launch(Deployment.ofImage(image, "training.options", settings))) {
            invoker.awaitPort();
            for (int i = 0; i < CALLS; i++) {
                orders.create(invoker);
            }
            invoker.stop();
        }
        long start = System.nanoTime();
        try (GoogleInvoker invoker = GoogleInvoker.launch(Deployment.ofImage(image, "java.options", settings))) {
            orders.create(invoker.awaitPort());
            System.out.printf(
                    "The image creates its first order %d ms after its start, with %d ms of CPU.%n",
                    (System.nanoTime() - start) / 1_000_000, invoker.cpuMillis());
        }
        // Otherwise the threads of the embedded database keep this program alive.
        System.exit(0);
    }
}
