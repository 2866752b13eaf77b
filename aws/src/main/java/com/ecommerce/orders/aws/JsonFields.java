package com.ecommerce.orders.aws;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Steps through what API Gateway sends; whatever is not of the kind that is asked for is skipped, not refused. */
final class JsonFields {

    private JsonFields() {}

    /** Has {@code target} read each field of the object that the parser is at; anything else is skipped. */
    static <T> void forEach(JsonParser json, T target, FieldReader<T> reader) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            reader.read(target, name, json);
        }
    }

    /** The string that the parser is at; {@code null} for anything else, which is skipped. */
    static @Nullable String text(JsonParser json) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getString();
        }
        json.skipChildren();
        return null;
    }

    /** The text of the scalar that the parser is at; empty for {@code null}, and for anything else, which is skipped. */
    static String scalar(JsonParser json) {
        String text = json.getValueAsString();
        json.skipChildren();
        return text == null ? "" : text;
    }

    /** The scalars of the array that the parser is at; none for anything else, which is skipped. */
    static List<String> texts(JsonParser json) {
        List<String> texts = new ArrayList<>();
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                texts.add(scalar(json));
            }
        } else {
            json.skipChildren();
        }
        return texts;
    }

    /** Reads one field; its value is what the parser is at, and is read or skipped whole. */
    interface FieldReader<T> {

        void read(T target, String name, JsonParser json);
    }
}
