package com.ecommerce.orders.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** Answers the published contract, {@code openapi.yaml}, as JSON; made when it is first asked for. */
final class OpenApiEndpoint implements Endpoint.Open {

    private final BasePath basePath;
    private byte @Nullable [] document;

    OpenApiEndpoint(BasePath basePath) {
        this.basePath = basePath;
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        Parameters.refuseAll(request.query());
        return ApiResponse.json(200, document());
    }

    private synchronized byte[] document() {
        if (document == null) {
            document = Contract.read(basePath);
        }
        return document;
    }

    /** A separate class, so that the parser of YAML is loaded only if a client asks for the contract. */
    private static final class Contract {

        static byte[] read(BasePath basePath) {
            try (InputStream yaml = OpenApiEndpoint.class.getResourceAsStream("/openapi.yaml")) {
                Map<String, Object> contract = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
                if (!basePath.text().isEmpty()) {
                    contract.put("servers", List.of(Map.of("url", basePath.text())));
                }
                return JsonMapper.shared().writeValueAsBytes(contract);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
