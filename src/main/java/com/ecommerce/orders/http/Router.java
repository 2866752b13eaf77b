package com.ecommerce.orders.http;

import com.ecommerce.orders.operation.ProblemCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A router that finds the endpoint of a request. Case and slashes of a path must match exactly. A literal segment has
 * priority over a variable. Each {@code GET} route also serves {@code HEAD}.
 */
final class Router {

    private final Node root = new Node();

    /** @throws IllegalArgumentException if no request can match a route, or two routes match the same requests */
    Router(Collection<Route> routes) {
        for (Route route : routes) {
            add(route, route.method());
            if (route.method().equals("GET")) {
                add(route, "HEAD");
            }
        }
    }

    /** @throws HttpProblemException if there is no such path, or the path has no such method */
    Match match(ApiRequest request) {
        List<String> values = new ArrayList<>(2);
        Node node = find(request.path(), values);
        Endpoint endpoint = node.endpoints.get(request.method());
        if (endpoint == null) {
            throw new HttpProblemException(ProblemDocument.of(
                    ProblemCode.METHOD_NOT_ALLOWED,
                    "This path does not allow " + request.method() + ". Allowed methods: " + node.allow + ".",
                    Map.of("Allow", node.allow)));
        }
        return new Match(endpoint, node.template, node.variables(values));
    }

    /**
     * Returns the methods of a path as the value of {@code Allow} (RFC 9110, section 10.2.1).
     *
     * @throws HttpProblemException if there is no such path
     */
    String allow(String path) {
        return find(path, new ArrayList<>(2)).allow;
    }

    /** Tells whether a route matches a path. */
    boolean has(String path) {
        return findOrNull(path, new ArrayList<>(2)) != null;
    }

    private Node find(String path, List<String> values) {
        Node node = findOrNull(path, values);
        if (node == null) {
            throw new HttpProblemException(
                    ProblemCode.NOT_FOUND, "This path does not exist. GET /openapi.json lists all paths.");
        }
        return node;
    }

    private @Nullable Node findOrNull(String path, List<String> values) {
        Node node = path.startsWith("/") ? root.find(path, 1, values) : null;
        return values.isEmpty() || UrlEncoding.isPlain(path) ? node : null;
    }

    private void add(Route route, String method) {
        Node node = root;
        List<String> names = new ArrayList<>();
        for (String segment : segments(route)) {
            if (segment.startsWith("{")) {
                names.add(segment.substring(1, segment.length() - 1));
                node = node.variable();
            } else {
                node = node.literal(segment);
            }
        }
        boolean isOther = !node.endpoints.isEmpty() && !node.template.equals(route.template());
        if (isOther || node.endpoints.put(method, route.endpoint()) != null) {
            throw new IllegalArgumentException("Two routes have the path of " + method + " " + route.template()
                    + ". Use one template for a path, and each method once.");
        }
        node.template = route.template();
        node.names = names;
        node.allow = String.join(", ", node.endpoints.keySet());
    }

    private static String[] segments(Route route) {
        String method = route.method();
        String[] segments = route.template().split("/", -1);
        boolean isMatchable = UrlEncoding.isPlain(route.template())
                && areMatchable(segments)
                && !method.isEmpty()
                && method.equals(method.toUpperCase(Locale.ROOT));
        if (!isMatchable) {
            throw new IllegalArgumentException("No request can match " + method + " " + route.template()
                    + ". Write a route like POST /orders/{orderId}/confirm");
        }
        return Arrays.copyOfRange(segments, 1, segments.length);
    }

    private static boolean areMatchable(String[] segments) {
        Set<String> variables = new HashSet<>();
        boolean areMatchable = segments.length > 1 && segments[0].isEmpty();
        for (int i = 1; i < segments.length; i++) {
            boolean isVariable = segments[i].startsWith("{");
            areMatchable &= isVariable ? isVariable(segments[i]) && variables.add(segments[i]) : isLiteral(segments[i]);
        }
        return areMatchable;
    }

    private static boolean isVariable(String segment) {
        return segment.endsWith("}") && isMadeOf(segment.substring(1, segment.length() - 1), "");
    }

    private static boolean isLiteral(String segment) {
        return isMadeOf(segment, "-._~") && !segment.equals(".");
    }

    private static boolean isMadeOf(String text, String marks) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isAlphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!isAlphanumeric && marks.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /**
     * The endpoint for a request.
     *
     * @param route the path template, such as {@code /orders/{orderId}}
     * @param pathVariables the values of the template's variables, by their names
     */
    record Match(Endpoint endpoint, String route, Map<String, String> pathVariables) {}

    /** The endpoints of one path, and the nodes of the next segments. */
    private static final class Node {

        final Map<String, Node> literals = new HashMap<>();

        @Nullable
        Node variable;

        final Map<String, Endpoint> endpoints = new TreeMap<>();
        String template = "";
        List<String> names = List.of();
        String allow = "";

        Node literal(String segment) {
            Node next = literals.get(segment);
            if (next == null) {
                next = new Node();
                literals.put(segment, next);
            }
            return next;
        }

        Node variable() {
            if (variable == null) {
                variable = new Node();
            }
            return variable;
        }

        /** @param values receives the values of the variables */
        @Nullable
        Node find(String path, int start, List<String> values) {
            int slash = path.indexOf('/', start);
            String segment = slash < 0 ? path.substring(start) : path.substring(start, slash);
            Node literal = literals.get(segment);
            Node found = literal == null ? null : literal.end(path, slash, values);
            if (found != null || variable == null) {
                return found;
            }
            int before = values.size();
            values.add(segment);
            found = variable.end(path, slash, values);
            if (found == null) {
                values.remove(before);
            }
            return found;
        }

        private @Nullable Node end(String path, int slash, List<String> values) {
            if (slash >= 0) {
                return find(path, slash + 1, values);
            }
            return endpoints.isEmpty() ? null : this;
        }

        Map<String, String> variables(List<String> values) {
            if (values.isEmpty()) {
                return Map.of();
            }
            Map<String, String> variables = new HashMap<>();
            for (int i = 0; i < values.size(); i++) {
                variables.put(names.get(i), values.get(i));
            }
            return variables;
        }
    }
}
