package com.ecommerce.orders.conformance;

import com.ecommerce.orders.testkit.ExactJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the cases. An unknown member is an error. Otherwise a misspelled expectation would never be checked. */
public final class CaseReader {

    private static final String EXTENSION = ".json";
    private static final Set<String> PLATFORMS = Set.of("local", "aws", "azure", "gcp");
    private static final Set<String> CONTENTS = Set.of("body", "text", "base64", "repeat");
    private static final Set<String> EXPECTATION = Set.of("status", "headers", "body", "raw", "empty");

    private CaseReader() {}

    /** Returns all cases of {@code src/test/resources/conformance}, in the order of the files. */
    public static List<ConformanceCase> all() {
        try (Stream<Path> files =
                Files.list(Path.of(CaseReader.class.getResource("/conformance").toURI()))) {
            List<ConformanceCase> cases = files.filter(file -> file.toString().endsWith(EXTENSION))
                    .sorted()
                    .flatMap(file -> read(file).stream())
                    .toList();
            requireUniqueNames(cases);
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ConformanceCase> read(Path file) {
        try {
            return read(file.getFileName().toString().replace(EXTENSION, ""), ExactJson.read(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the cases of one topic. */
    static List<ConformanceCase> read(String file, JsonNode topic) {
        requireMembers(topic, Set.of("topic", "cases"), file);
        String title = topic.required("topic").stringValue();
        return list(topic.required("cases"), node -> readCase(file, title, node));
    }

    private static ConformanceCase readCase(String file, String topic, JsonNode node) {
        String name = node.required("name").stringValue();
        try {
            requireMembers(node, Set.of("name", "clause", "platforms", "steps"), "the case");
            return new ConformanceCase(
                    file,
                    topic,
                    name,
                    node.required("clause").stringValue(),
                    node.has("platforms") ? readPlatforms(node.get("platforms")) : Set.of(),
                    list(node.required("steps"), CaseReader::readStep));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(file + ": " + name + ": " + e.getMessage(), e);
        }
    }

    private static Set<String> readPlatforms(JsonNode node) {
        Set<String> platforms = Set.copyOf(list(node, JsonNode::stringValue));
        require(PLATFORMS.containsAll(platforms), "no such platforms: " + platforms);
        return platforms;
    }

    private static Step readStep(JsonNode node) {
        boolean parallel = node.has("parallel");
        requireMembers(
                node,
                parallel
                        ? Set.of("as", "token", "concurrently", "request", "parallel", "responses")
                        : Set.of("as", "token", "concurrently", "request", "response", "capture"),
                "the step");
        JsonNode request = node.required("request");
        requireMembers(request, Set.of("method", "path", "headers", "body", "text", "base64", "repeat"), "the request");
        return new Step(
                readIdentity(node),
                request.required("method").stringValue(),
                request.required("path").stringValue(),
                members(request.path("headers"), value -> value.isNull() ? null : value.stringValue()),
                readContent(request),
                parallel ? node.required("parallel").intValue() : 1,
                readExpectations(node, parallel),
                members(node.path("capture"), JsonNode::stringValue),
                node.has("concurrently") ? readConcurrentChange(node.get("concurrently")) : null);
    }

    private static ConcurrentChange readConcurrentChange(JsonNode node) {
        requireMembers(node, Set.of("sql", "undo"), "concurrently");
        return new ConcurrentChange(
                node.required("sql").stringValue(),
                node.has("undo") ? node.get("undo").stringValue() : null);
    }

    private static Identity readIdentity(JsonNode step) {
        if (step.has("token")) {
            require(!step.has("as"), "as and token at once");
            return new Identity.Literal(step.get("token").stringValue());
        }
        JsonNode as = step.path("as");
        return as.isNull() ? new Identity.Nobody() : new Identity.User(members(as, value -> value));
    }

    private static @Nullable Content readContent(JsonNode request) {
        List<String> named = CONTENTS.stream().filter(request::has).toList();
        require(named.size() <= 1, "more than one content: " + named);
        if (named.isEmpty()) {
            return null;
        }
        JsonNode value = request.get(named.get(0));
        return switch (named.get(0)) {
            case "body" -> new Content.Json(value);
            case "text" -> new Content.Text(value.stringValue());
            case "base64" -> new Content.Raw(Base64.getDecoder().decode(value.stringValue()));
            default -> readRepeated(value);
        };
    }

    private static Content readRepeated(JsonNode value) {
        requireMembers(value, Set.of("before", "unit", "times", "after"), "repeat");
        return new Content.Repeated(
                value.required("before").stringValue(),
                value.required("unit").stringValue(),
                value.required("times").intValue(),
                value.required("after").stringValue());
    }

    private static List<Expectation> readExpectations(JsonNode step, boolean parallel) {
        if (!parallel) {
            JsonNode response = step.required("response");
            requireMembers(response, EXPECTATION, "the response");
            return List.of(readExpectation(response, Expectation.Times.ONCE));
        }
        return list(step.required("responses"), response -> {
            Set<String> known = new HashSet<>(EXPECTATION);
            known.add("times");
            requireMembers(response, known, "a response");
            return readExpectation(response, readTimes(response.required("times")));
        });
    }

    private static Expectation readExpectation(JsonNode response, Expectation.Times times) {
        return new Expectation(
                times,
                response.required("status").intValue(),
                members(response.path("headers"), value -> value),
                response.get("body"),
                response.has("raw") ? response.get("raw").stringValue() : null,
                response.path("empty").booleanValue(false),
                response);
    }

    private static Expectation.Times readTimes(JsonNode times) {
        String atLeast = "#atLeast:";
        if (times.isString() && times.stringValue().startsWith(atLeast)) {
            return new Expectation.Times(Integer.parseInt(times.stringValue().substring(atLeast.length())), true);
        }
        return new Expectation.Times(times.intValue(), false);
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> reader) {
        require(array.isArray() && !array.isEmpty(), "not a list, or an empty one");
        List<T> all = new ArrayList<>();
        array.forEach(element -> all.add(reader.apply(element)));
        return List.copyOf(all);
    }

    private static <T extends @Nullable Object> Map<String, T> members(JsonNode object, Function<JsonNode, T> reader) {
        require(object.isMissingNode() || object.isObject(), "not an object: " + object);
        Map<String, T> all = new LinkedHashMap<>();
        object.properties().forEach(member -> all.put(member.getKey(), reader.apply(member.getValue())));
        return all;
    }

    private static void requireMembers(JsonNode object, Set<String> known, String where) {
        require(object.isObject(), where + " is no object");
        for (String name : object.propertyNames()) {
            require(known.contains(name), where + " has an unknown member " + name);
        }
    }

    private static void requireUniqueNames(List<ConformanceCase> cases) {
        Set<String> names = new HashSet<>();
        cases.forEach(each -> require(names.add(each.name()), "two cases are named " + each.name()));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
