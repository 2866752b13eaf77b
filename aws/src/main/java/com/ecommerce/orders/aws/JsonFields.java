package com.ecommerce.orders.aws;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Readers of values in the events of API Gateway. They skip a value of an unexpected type and do not refuse it. */
final class JsonFields {

    private JsonFields() {}

    /** Lets {@code target} read each field of the object at the parser's position. Skips any other value. */
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

    /** Returns the string at the parser's position. Skips any other value and returns {@code null}. */
    static @Nullable String text(JsonParser json) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getString();
        }
        json.skipChildren();
        return null;
    }

    /** Returns the text of the scalar at the parser's position. Skips any other value and returns an empty text. */
    static String scalar(JsonParser json) {
        String text = json.getValueAsString();
        json.skipChildren();
        return text == null ? "" : text;
    }

    /** Returns the scalars of the array at the parser's position. Skips any other value and returns an empty list. */
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

    /** A reader of one field. It reads or skips the whole value at the parser's position. */
    interface FieldReader<T> {

        void read(T target, String name, JsonParser json);
    }
}
