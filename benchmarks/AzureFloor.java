import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** The floor on Azure's Java worker. It reads the body of any request as an order. */
public final class AzureFloor {

    /** The worker creates an {@code AzureFloor} for each request, but this object only once. */
    private static final Floor FLOOR = new Floor() {};

    public HttpResponseMessage handle(
            @HttpTrigger(name = "request", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request) {
        UUID id = Floor.newId();
        String order = FLOOR.create(id, request.getBody().orElseThrow());
        return request.createResponseBuilder(HttpStatus.CREATED)
                .header("Content-Type", "application/json")
                .header("Location", "/orders/" + id)
                .body(order.getBytes(StandardCharsets.UTF_8))
                .build();
    }
}
