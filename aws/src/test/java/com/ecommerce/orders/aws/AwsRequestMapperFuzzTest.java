package com.ecommerce.orders.aws;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.ecommerce.orders.fuzz.Answers;
import com.ecommerce.orders.fuzz.Answers.Answer;
import com.ecommerce.orders.fuzz.Mutation;
import com.ecommerce.orders.http.ApiUnderFuzz;
import com.ecommerce.orders.http.BasePath;
import com.ecommerce.orders.testkit.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests that the function responds to any event of any sender in the format of a gateway. */
class AwsRequestMapperFuzzTest {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(AwsHandler.class);
    private static final Answers ANSWERS = new Answers("events of API Gateway");
    private static final List<String> EVENTS = events();
    private static final AwsHandler BEHIND_AN_AUTHORIZER = new AwsHandler(ApiUnderFuzz.behindAGateway(), BasePath.ROOT);
    private static final AwsHandler WITH_TOKENS = new AwsHandler(ApiUnderFuzz.trusting(new Tokens()), BasePath.ROOT);

    @Property
    void respondsToEveryEvent(@ForAll Random random) {
        String event = Mutation.json(random, Mutation.oneOf(random, EVENTS));
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        byte[] input = Mutation.once(random, 4) ? Mutation.bytes(random, bytes) : bytes;
        AwsHandler function = Mutation.once(random, 4) ? WITH_TOKENS : BEHIND_AN_AUTHORIZER;

        ANSWERS.check(new String(input, StandardCharsets.UTF_8), () -> answer(function, input));
    }

    /** Turns the log off, because each wrong event would log an error. */
    @BeforeContainer
    static void beQuiet() {
        LOGGER.setLevel(Level.OFF);
    }

    @AfterContainer
    static void tell() {
        LOGGER.setLevel(null);
        ANSWERS.tell();
    }

    private static Answer answer(AwsHandler function, byte[] input) {
        JsonNode answer = JsonMapper.shared()
                .readTree(function.apply(new ByteArrayInputStream(input)).getPayload());
        Map<String, String> headers = new HashMap<>();
        answer.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().stringValue()));
        String body = answer.path("body").stringValue();
        return new Answer(
                answer.path("statusCode").intValue(),
                headers,
                answer.path("isBase64Encoded").booleanValue()
                        ? Base64.getDecoder().decode(body)
                        : body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> events() {
        try (Stream<Path> files = Files.list(Path.of("aws/events"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(AwsRequestMapperFuzzTest::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
