package com.ecommerce.orders.local;

import com.ecommerce.orders.http.ApiResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The sentence that tells a developer on this machine what to do after a problem. Only the local server knows these paths. */
final class NextStep {

    private static final JsonMapper JSON = JsonMapper.shared();

    private NextStep() {}

    /** Returns the response. Adds the next step to the {@code detail} of a 401, and of a 404 for a path that does not exist. */
    static ApiResponse addTo(ApiResponse response) {
        boolean hasNextStep = response.status() == 401 || response.status() == 404;
        if (!hasNextStep || response.body().length == 0) {
            return response;
        }
        JsonNode problem = JSON.readTree(response.body());
        String detail = problem.path("detail").asString("");
        String nextStep = nextStep(response.status(), detail);
        if (nextStep.isEmpty()) {
            return response;
        }
        String end = detail.endsWith(".") ? "" : ".";
        byte[] body = JSON.writeValueAsBytes(((ObjectNode) problem).put("detail", detail + end + nextStep));
        return new ApiResponse(response.status(), response.headers(), body);
    }

    private static String nextStep(int status, String detail) {
        if (status == 401) {
            return " GET /dev/token issues a token for development.";
        }
        return detail.startsWith("This path does not exist") ? " /docs shows all operations, to read and to try." : "";
    }
}
