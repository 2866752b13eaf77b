package com.ecommerce.orders.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** Answers the published contract, {@code openapi.yaml}, as JSON; made when it is first asked for. */
final class OpenApiEndpoint implements Endpoint.Open {

    private byte @Nullable [] document;

    @Override
    public ApiResponse handle(ApiRequest request) {
        Parameters.refuseAll(request.query());
        return ApiResponse.json(200, document());
    }

    private synchronized byte[] document() {
        if (document == null) {
            document = Contract.read();
        }
        return document;
    }

    /** Apart, so that the parser of YAML is loaded only for who asks. */
    private static final class Contract {

        static byte[] read() {
            try (InputStream yaml = OpenApiEndpoint.class.getResourceAsStream("/openapi.yaml")) {
                Object contract = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
                return JsonMapper.shared().writeValueAsBytes(contract);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
