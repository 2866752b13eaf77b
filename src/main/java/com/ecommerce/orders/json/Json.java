package com.ecommerce.orders.json;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** Writes and reads JSON token by token: nothing is bound by reflection. */
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonFactory ASCII =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final DateTimeFormatter MICROSECONDS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    private Json() {}

    /** Reads {@code json}, in UTF-8, token by token. */
    public static JsonParser parser(byte[] json) {
        return FACTORY.createParser(ObjectReadContext.empty(), json);
    }

    /** Returns what {@code content} writes, in UTF-8. */
    public static byte[] write(Consumer<JsonGenerator> content) {
        return write(content, (json, all) -> all.accept(json));
    }

    /**
     * Returns what {@code writer} makes of {@code value}, in UTF-8. For code that runs with each request: a method reference as
     * the writer is created once, while a lambda that captures a value is created for each call.
     */
    public static <T> byte[] write(T value, BiConsumer<JsonGenerator, T> writer) {
        return write(FACTORY, value, writer);
    }

    /** The same with everything escaped that is not ASCII, so that no character set on the way can spoil it. */
    public static <T> byte[] writeAscii(T value, BiConsumer<JsonGenerator, T> writer) {
        return write(ASCII, value, writer);
    }

    static <T> byte[] write(JsonFactory factory, T value, BiConsumer<JsonGenerator, T> writer) {
        Bytes bytes = new Bytes();
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
            writer.accept(json, value);
        }
        return bytes.whole();
    }

    /** An instant in UTC with microseconds (RFC 3339, section 5.6). */
    public static String format(Instant instant) {
        return MICROSECONDS.format(instant);
    }

    /** What fits into the generator's buffer comes at once, and is all there is: then it is copied only once. */
    private static final class Bytes extends ByteArrayOutputStream {

        Bytes() {
            super(0);
        }

        byte[] whole() {
            return count == buf.length ? buf : toByteArray();
        }
    }
}
