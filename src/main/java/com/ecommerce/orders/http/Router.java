package com.ecommerce.orders.http;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the endpoint of a request. Paths match exactly, in case and slashes; where GET is, HEAD is as well. */
final class Router {

    private static final String VARIABLE = "*";
    private static final int VARIABLE_SEGMENT = 2;

    private final Map<String, Map<String, Endpoint>> endpoints = new LinkedHashMap<>();

    Router(Collection<Route> routes) {
        for (Route route : routes) {
            Map<String, Endpoint> methods = endpoints.computeIfAbsent(route.path(), path -> new TreeMap<>());
            methods.put(route.method(), route.endpoint());
            if (route.method().equals("GET")) {
                methods.put("HEAD", route.endpoint());
            }
        }
    }

    /** @throws ProblemException if there is no such path, or the path has no such method */
    Match match(ApiRequest request) {
        Resource resource = find(request.path());
        if (resource == null) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, "There is nothing at this path; GET /openapi.json lists what there is");
        }
        Endpoint endpoint = resource.methods().get(request.method());
        if (endpoint == null) {
            String allowed = resource.allow();
            throw new ProblemException(Problem.of(
                    ProblemType.METHOD_NOT_ALLOWED, "This path answers " + allowed, Map.of("Allow", allowed)));
        }
        return new Match(endpoint, resource.path(), resource.variable());
    }

    /** What is at {@code path}; {@code null} if nothing is. */
    @Nullable
    Resource find(String path) {
        if (path.contains(VARIABLE)) {
            return null;
        }
        Map<String, Endpoint> methods = endpoints.get(path);
        if (methods != null) {
            return new Resource(path, methods, "");
        }
        String[] segments = path.split("/", -1);
        if (segments.length <= VARIABLE_SEGMENT || !UrlEncoding.isPlain(path)) {
            return null;
        }
        String variable = segments[VARIABLE_SEGMENT];
        segments[VARIABLE_SEGMENT] = VARIABLE;
        String template = String.join("/", segments);
        Map<String, Endpoint> found = endpoints.get(template);
        return found == null ? null : new Resource(template, found, variable);
    }

    /**
     * @param route the path with {@code *} for its variable
     * @param variable what stands in the path for the route's variable; empty if it has none
     */
    record Match(Endpoint endpoint, String route, String variable) {}

    /** What stands at a path: the endpoint of each of its methods. */
    record Resource(String path, Map<String, Endpoint> methods, String variable) {

        /** The value of {@code Allow} (RFC 9110, section 10.2.1). */
        String allow() {
            return String.join(", ", methods.keySet());
        }
    }
}
