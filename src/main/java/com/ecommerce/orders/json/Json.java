package com.ecommerce.orders.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** A reader and writer of JSON that works token by token. It binds nothing by reflection. */
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonFactory ASCII =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final DateTimeFormatter MICROSECONDS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    private Json() {}

    /** Returns a parser of {@code json}, which is in UTF-8. */
    public static JsonParser parser(byte[] json) {
        return FACTORY.createParser(ObjectReadContext.empty(), json);
    }

    /** Returns the JSON that {@code content} writes, in UTF-8. */
    public static byte[] write(Consumer<JsonGenerator> content) {
        return write(content, (json, all) -> all.accept(json));
    }

    /**
     * Returns the JSON that {@code writer} writes for {@code value}, in UTF-8. Use this method in code that runs for each
     * request: a method reference as the writer is created only once, but a capturing lambda is created for each call.
     */
    public static <T> byte[] write(T value, BiConsumer<JsonGenerator, T> writer) {
        return write(FACTORY, value, writer);
    }

    /** Returns the JSON that {@code writer} writes for {@code value}, as a string. */
    public static <T> String text(T value, BiConsumer<JsonGenerator, T> writer) {
        return new String(write(value, writer), StandardCharsets.UTF_8);
    }

    /**
     * Does the same as {@link #write}, but escapes all characters outside ASCII. No other character set on the way can
     * damage the JSON.
     */
    public static <T> byte[] writeAscii(T value, BiConsumer<JsonGenerator, T> writer) {
        return write(ASCII, value, writer);
    }

    /** Returns the names of the members of {@code object}, which this API has written, as a JSON array. */
    public static String memberNames(String object) {
        Bytes bytes = new Bytes();
        try (JsonParser json = parser(object.getBytes(StandardCharsets.UTF_8));
                JsonGenerator names = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            names.writeStartArray();
            json.nextToken();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                names.writeString(name);
                json.nextToken();
                json.skipChildren();
            }
            names.writeEndArray();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    static <T> byte[] write(JsonFactory factory, T value, BiConsumer<JsonGenerator, T> writer) {
        Bytes bytes = new Bytes();
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
            writer.accept(json, value);
        }
        return bytes.whole();
    }

    /** Formats an instant in UTC with microseconds (RFC 3339, section 5.6). */
    public static String format(Instant instant) {
        return MICROSECONDS.format(instant);
    }

    /** Writes the member {@code name}, unless its value is absent. */
    static void writeOptional(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }

    /** Writes the member {@code name}, unless its value is absent. */
    static void writeOptional(JsonGenerator json, String name, @Nullable Instant time) {
        if (time != null) {
            json.writeStringProperty(name, format(time));
        }
    }

    /** Writes the member {@code name}, an object of texts, unless the object is empty. */
    static void writeTexts(JsonGenerator json, String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            json.writeObjectPropertyStart(name);
            for (Map.Entry<String, String> entry : texts.entrySet()) {
                json.writeStringProperty(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        }
    }

    /** Writes the member {@code name}, an array of objects. {@code writer} writes the members of each object. */
    static <T> void writeArray(JsonGenerator json, String name, List<T> entries, BiConsumer<JsonGenerator, T> writer) {
        json.writeArrayPropertyStart(name);
        for (T entry : entries) {
            json.writeStartObject();
            writer.accept(json, entry);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A stream without spare capacity. JSON that fits into the generator's buffer is written at once and copied once. */
    private static final class Bytes extends ByteArrayOutputStream {

        Bytes() {
            super(0);
        }

        byte[] whole() {
            return count == buf.length ? buf : toByteArray();
        }
    }
}
