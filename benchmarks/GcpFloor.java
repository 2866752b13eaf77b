import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The floor on Google's invoker. It reads the body of any request as an order. */
public final class GcpFloor extends Floor implements HttpFunction {

    @Override
    public void service(HttpRequest request, HttpResponse response) throws IOException {
        UUID id = newId();
        byte[] body = request.getInputStream().readAllBytes();
        byte[] order = create(id, new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        response.setStatusCode(201);
        response.appendHeader("Content-Type", "application/json");
        response.appendHeader("Location", "/orders/" + id);
        response.appendHeader("Content-Length", Integer.toString(order.length));
        response.getOutputStream().write(order);
    }
}
