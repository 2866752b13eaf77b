import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/** The floor on AWS Lambda: streams also read and write the event. */
public class FloorHandler extends Floor implements RequestStreamHandler {

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        UUID id = newId();
        writeAnswer(answer, id, create(id, readBody(event)));
    }

    private String readBody(InputStream event) {
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), event)) {
            json.nextToken();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                if (name.equals("body")) {
                    return json.getString();
                }
                json.skipChildren();
            }
        }
        throw new IllegalArgumentException("The event has no body");
    }

    private void writeAnswer(OutputStream answer, UUID id, String order) {
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), answer)) {
            json.writeStartObject();
            json.writeNumberProperty("statusCode", 201);
            json.writeObjectPropertyStart("headers");
            json.writeStringProperty("Content-Type", "application/json");
            json.writeStringProperty("Location", "/orders/" + id);
            json.writeEndObject();
            json.writeStringProperty("body", order);
            json.writeEndObject();
        }
    }
}
