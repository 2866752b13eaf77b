package samples;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Takes Amazon's type of event and answers Amazon's type of response. */
@Component("createOrder")
public class CreateOrder implements Function<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

    private final OrderRepository orders;
    private final JsonMapper json;

    public CreateOrder(OrderRepository orders, JsonMapper json) {
        this.orders = orders;
        this.json = json;
    }

    @Override
    public APIGatewayV2HTTPResponse apply(APIGatewayV2HTTPEvent event) {
        UUID id = OrderRepository.newId();
        PlacedOrder order = json.readValue(event.getBody(), PlacedOrder.class).place(id.toString());
        String answer = json.writeValueAsString(order);
        orders.store(id, answer, event.getBody());
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(201)
                .withHeaders(Map.of("Content-Type", "application/json", "Location", "/orders/" + id))
                .withBody(answer)
                .build();
    }
}
