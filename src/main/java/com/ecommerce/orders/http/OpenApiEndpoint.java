package com.ecommerce.orders.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The endpoint of the published contract as JSON. The build makes {@code openapi.json} from {@code openapi.yaml}. */
final class OpenApiEndpoint implements Endpoint.Open {

    private final BasePath basePath;
    private byte @Nullable [] document;

    OpenApiEndpoint(BasePath basePath) {
        this.basePath = basePath;
    }

    @Override
    public ApiResponse handle(ApiRequest request, Map<String, String> pathVariables) {
        Parameters.refuseAll(request.query());
        return ApiResponse.json(200, document());
    }

    private synchronized byte[] document() {
        if (document == null) {
            byte[] contract = read();
            document = basePath.text().isEmpty() ? contract : servedAt(basePath.text(), contract);
        }
        return document;
    }

    private static byte[] read() {
        try (InputStream contract = Objects.requireNonNull(
                OpenApiEndpoint.class.getResourceAsStream("/openapi.json"),
                "openapi.json is missing. Build with Maven, which makes it.")) {
            return contract.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the contract with the base path as the address of the server. */
    private static byte[] servedAt(String path, byte[] contract) {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode changed = (ObjectNode) mapper.readTree(contract);
        changed.putArray("servers").addObject().put("url", path);
        return mapper.writeValueAsBytes(changed);
    }
}
