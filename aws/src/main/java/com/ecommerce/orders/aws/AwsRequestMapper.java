package com.ecommerce.orders.aws;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.BasePath;
import com.ecommerce.orders.http.Parameter;
import com.ecommerce.orders.http.UrlEncoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Maps the event of an HTTP request to the request that the client has sent. */
final class AwsRequestMapper {

    /** A stand-in for a body that can't be read. The bytes are not UTF-8, so the API refuses them. */
    private static final byte[] GARBLED = {(byte) 0xFF};

    private static final String DEFAULT_STAGE = "$default";
    private static final String REQUEST_ID = "x-request-id";

    private AwsRequestMapper() {}

    /** Returns the request of an event for which {@link AwsEvent#isHttp} is true. */
    static ApiRequest toApiRequest(AwsEvent event, BasePath basePath) {
        return new ApiRequest(
                event.method(), path(event, basePath), query(event), headers(event), body(event), event.claims());
    }

    /** Returns the path as the client sent it, but without a stage that is not the base path. */
    private static String path(AwsEvent event, BasePath basePath) {
        String given = event.path();
        String ofContext = event.contextPath();
        // A REST API has the stage only in the path of the context.
        String whole = decodedPath(event, ofContext == null || !ofContext.endsWith(given) ? given : ofContext);
        return basePath.contains(whole) ? whole : withoutStage(event, decodedPath(event, given));
    }

    /** Decodes the path exactly once. */
    private static String decodedPath(AwsEvent event, String given) {
        return event.hasDecodedPath() ? given : UrlEncoding.decodePath(given);
    }

    private static String withoutStage(AwsEvent event, String whole) {
        String stage = event.stage();
        String prefix = "/" + (stage == null ? DEFAULT_STAGE : stage);
        return event.hasStageInPath() && whole.startsWith(prefix + "/") ? whole.substring(prefix.length()) : whole;
    }

    private static List<Parameter> query(AwsEvent event) {
        String raw = event.rawQuery();
        if (raw != null) {
            return UrlEncoding.decodeQuery(raw);
        }
        List<Parameter> query = new ArrayList<>(event.parameters().size());
        event.parameters().forEach((name, values) -> {
            for (String value : values) {
                query.add(
                        event.isOfLoadBalancer()
                                ? UrlEncoding.decodeParameter(name, value)
                                : new Parameter(name, value));
            }
        });
        return query;
    }

    private static Map<String, String> headers(AwsEvent event) {
        Map<String, String> headers = event.headers();
        String requestId = event.requestId();
        if (requestId != null) {
            headers.putIfAbsent(REQUEST_ID, requestId);
        }
        return headers;
    }

    private static byte[] body(AwsEvent event) {
        String given = event.body();
        if (given == null) {
            return GARBLED.clone();
        }
        if (!event.isBase64()) {
            return given.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(given);
        } catch (IllegalArgumentException malformed) {
            return GARBLED.clone();
        }
    }
}
