package com.ecommerce.orders.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that sends requests to an API.
 *
 * @param url the address of the API, without a slash at the end
 */
record ApiClient(HttpClient http, String url) {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    static ApiClient of(ApiAddress address) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
        return new ApiClient(http, address.url());
    }

    /** Returns a development token, which only the local API issues. */
    String developmentToken(Map<String, String> parameters) {
        HttpResponse<String> response =
                sendOnce(request("/dev/token", parameters).GET());
        if (response.statusCode() == 404) {
            throw new IllegalArgumentException("the API at " + url
                    + " issues no development tokens. Get a token from its issuer, and set API_TOKEN to the token");
        }
        String token = success(response).body();
        if (!token.matches("[!-~&&[^<{]]+")) {
            throw new IllegalStateException("the response is not a token. " + checkAddress(response));
        }
        return token;
    }

    /** Returns a request with these parameters. A parameter without a value is left out. */
    HttpRequest.Builder request(String path, Map<String, String> parameters) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        parameters.forEach((name, value) -> {
            if (!value.isEmpty()) {
                query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return HttpRequest.newBuilder(URI.create(url + path + query)).timeout(TIMEOUT);
    }

    HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** @throws IllegalStateException if there is no response */
    HttpResponse<String> sendOnce(HttpRequest.Builder request) {
        try {
            return send(request.build());
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the API at " + url + " can't be reached (" + e
                            + "). Start the API, or name another address with --url",
                    e);
        }
    }

    /**
     * Returns the response if the API has accepted the request.
     *
     * @throws IllegalArgumentException if the request is wrong
     * @throws IllegalStateException if the API has refused the request for another reason
     */
    static HttpResponse<String> success(HttpResponse<String> response) {
        if (response.statusCode() == 400) {
            throw new IllegalArgumentException(problem(response));
        }
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(problem(response));
        }
        return response;
    }

    /** @throws IllegalStateException if the request failed, or if a proxy has responded instead of the API */
    static JsonNode json(HttpResponse<String> response) {
        String body = success(response).body();
        try {
            JsonNode json = JsonMapper.shared().readTree(body);
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            // The message below says more than the position of a character.
        }
        throw new IllegalStateException("the response is not JSON of the API. " + checkAddress(response));
    }

    private static String checkAddress(HttpResponse<String> response) {
        return "Check that --url names the API, and that no proxy asks for a login. The response begins with: "
                + response.body().lines().findFirst().orElse("");
    }

    /** Returns what a problem document says, in one line. */
    static String problem(HttpResponse<String> response) {
        // The only error of a request has the same text as the problem.
        Set<String> texts = new LinkedHashSet<>();
        try {
            JsonNode problem = JsonMapper.shared().readTree(response.body());
            texts.add(problem.path("detail").asString(""));
            problem.path("errors")
                    .forEach(error -> texts.add(error.path("detail").asString("")));
        } catch (JacksonException e) {
            texts.add(response.body().lines().findFirst().orElse(""));
        }
        return "the API responded " + response.statusCode() + ": " + String.join(" ", texts);
    }
}
