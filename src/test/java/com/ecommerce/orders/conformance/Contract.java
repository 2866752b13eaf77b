package com.ecommerce.orders.conformance;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.ecommerce.orders.testkit.WireRequest;
import com.ecommerce.orders.testkit.WireResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Checks traffic against {@code openapi.yaml}: every response, and every accepted request. Paths that the document does
 * not have are skipped. The validator does not know bearer tokens; the cases of identities check tokens.
 */
final class Contract {

    /** The document is read and compiled once, because this takes seconds. */
    private static final Contract PUBLISHED = read();

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String HEADER_MISSING = "validation.request.parameter.header.missing";
    private static final String BODY_MISSING = "validation.response.body.missing";
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final Set<String> LISTS = Set.of("status", "paymentStatus", "fulfillmentStatus");

    private final OpenApiInteractionValidator validator;
    private final Map<Pattern, Set<String>> methodsByPath;

    private Contract(OpenApiInteractionValidator validator, Map<Pattern, Set<String>> methodsByPath) {
        this.validator = validator;
        this.methodsByPath = methodsByPath;
    }

    /** Returns the differences between the exchange and the document; empty if there are none. */
    static List<String> violations(WireRequest request, WireResponse response) {
        return PUBLISHED
                .methods(request)
                .map(methods -> PUBLISHED.violations(request, response, methods))
                .orElse(List.of());
    }

    private List<String> violations(WireRequest request, WireResponse response, Set<String> methods) {
        List<String> violations = new ArrayList<>();
        if (response.status() / 100 == 2) {
            violations.addAll(requestViolations(request, response));
        }
        String method = request.method().toLowerCase(Locale.ROOT);
        if (methods.contains(method)) {
            violations.addAll(errors("answer", validate(request, method, response)));
        } else if (response.status() == METHOD_NOT_ALLOWED) {
            violations.addAll(
                    violationsOfRefusal(request, response, methods.iterator().next()));
        } else {
            violations.add("openapi: answered " + response.status() + " to a method that the document does not have");
        }
        return violations;
    }

    /** A replay is served before the check of If-Match. The document can only require If-Match always. */
    private List<String> requestViolations(WireRequest request, WireResponse response) {
        boolean replayed = response.header("Idempotent-Replayed").isPresent();
        return errors("request", validator.validateRequest(toRequest(request))).stream()
                .filter(error -> !(replayed && error.contains(HEADER_MISSING) && error.contains("'If-Match'")))
                .toList();
    }

    /**
     * A path does not describe the 405 of a method that the path lacks. The document describes the 405 at the path's
     * other operations, with a body. HEAD never has a body.
     */
    private List<String> violationsOfRefusal(WireRequest request, WireResponse response, String otherMethod) {
        boolean head = request.method().equals("HEAD");
        return errors("answer", validate(request, otherMethod, response)).stream()
                .filter(error -> !(head && error.contains(BODY_MISSING)))
                .toList();
    }

    private ValidationReport validate(WireRequest request, String method, WireResponse response) {
        return validator.validateResponse(
                request.pathWithoutQuery(),
                Request.Method.valueOf(method.toUpperCase(Locale.ROOT)),
                toResponse(response));
    }

    private static SimpleRequest toRequest(WireRequest request) {
        SimpleRequest.Builder builder = new SimpleRequest.Builder(request.method(), request.pathWithoutQuery(), false);
        request.headers().forEach((name, value) -> builder.withHeader(name, withoutParameters(name, value)));
        query(request).forEach(builder::withQueryParam);
        if (request.body() != null && request.body().length > 0) {
            String text = new String(request.body(), StandardCharsets.UTF_8);
            // The validator's parser reads a byte order mark as a part of the JSON. RFC 8259, section 8.1, allows to
            // ignore it.
            builder.withBody(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        }
        return builder.build();
    }

    /** The validator rejects some parameters of a content type that the document allows, such as an empty one. */
    private static String withoutParameters(String name, String value) {
        return name.equalsIgnoreCase("Content-Type") ? value.split(";", 2)[0] : value;
    }

    private static SimpleResponse toResponse(WireResponse response) {
        SimpleResponse.Builder builder = SimpleResponse.Builder.status(response.status());
        response.headers().forEach(builder::withHeader);
        if (response.body().length > 0) {
            builder.withBody(response.text());
        }
        return builder.build();
    }

    private static Map<String, List<String>> query(WireRequest request) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : request.query().split("&")) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                String name = decode(parts[0]);
                String value = parts.length < 2 ? "" : decode(parts[1]);
                parameters.computeIfAbsent(name, key -> new ArrayList<>()).addAll(values(name, value));
            }
        }
        return parameters;
    }

    /** OpenAPI can describe "repeated" or "separated by commas", but not both. These parameters allow both. */
    private static List<String> values(String name, String value) {
        return LISTS.contains(name) ? Arrays.asList(value.split(",")) : List.of(value);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static List<String> errors(String part, ValidationReport report) {
        return report.getMessages().stream()
                .filter(message -> message.getLevel() == Level.ERROR)
                .map(message -> "openapi: " + part + ": " + message.getKey() + ": " + message.getMessage())
                .toList();
    }

    /** Returns the methods of the path, in the order of the document; empty if the document does not have the path. */
    private Optional<Set<String>> methods(WireRequest request) {
        return methodsByPath.entrySet().stream()
                .filter(path ->
                        path.getKey().matcher(request.pathWithoutQuery()).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Contract read() {
        try (InputStream yaml = Contract.class.getResourceAsStream("/openapi.yaml")) {
            String document = withClosedLists(new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
            return new Contract(validator(document), methodsByPath(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Clients must expect more values in some lists. The API of the same version sends only the values in the document. */
    private static String withClosedLists(String document) {
        return document.replace("x-extensible-enum:", "enum:");
    }

    private static OpenApiInteractionValidator validator(String document) {
        return OpenApiInteractionValidator.createForInlineApiSpecification(document)
                .withStrictOperationPathMatching()
                .withLevelResolver(LevelResolver.create()
                        .withLevel("validation.request.parameter.query.unexpected", Level.ERROR)
                        .build())
                .build();
    }

    private static Map<Pattern, Set<String>> methodsByPath(String document) {
        Map<?, ?> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(document);
        Map<Pattern, Set<String>> methods = new LinkedHashMap<>();
        ((Map<?, ?>) root.get("paths")).forEach((path, item) -> {
            Set<String> names = new LinkedHashSet<>();
            ((Map<?, ?>) item).keySet().forEach(key -> names.add((String) key));
            names.remove("parameters");
            methods.put(pattern((String) path), names);
        });
        return methods;
    }

    private static Pattern pattern(String path) {
        String[] literals = path.split("\\{[^}]+}", -1);
        return Pattern.compile(
                String.join("[^/]+", Arrays.stream(literals).map(Pattern::quote).toList()));
    }
}
