package com.ecommerce.orders.aws.snapstart;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.RequestReader;
import com.ecommerce.orders.http.UrlEncoding;
import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.identity.Permission;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Problem;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run through the code of a first request, so that the snapshot contains its classes: events, JSON, tokens and the
 * database. The order is a dry run, so nothing is stored. The run may fail, but the log says if the database was not
 * reached.
 */
public final class Priming implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Priming.class);
    private static final Caller CALLER =
            new Caller(new TenantId("priming"), "priming", null, EnumSet.allOf(Permission.class));
    private static final String ORDER =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"priming\",\"quantity\":1,\"unitPrice\":1}]}";
    /** A JWT with an accepted algorithm, an unknown key and no valid signature. */
    private static final String TOKEN = "eyJhbGciOiJSUzI1NiIsImtpZCI6InByaW1pbmcifQ.eyJzdWIiOiJwcmltaW5nIn0.cHJpbWluZw";

    private static final String EVENT =
            """
            {"version":"2.0","rawPath":"/orders","rawQueryString":"dryRun=true","isBase64Encoded":false,
             "headers":{"content-type":"application/json","authorization":"Bearer %s"},
             "requestContext":{"stage":"$default","http":{"method":"POST"}},"body":"{}"}"""
                    .formatted(TOKEN);

    private final Function<InputStream, ?> apiGateway;
    private final Function<OrderRequest, OrderResponse> createOrder;

    public Priming(Function<InputStream, ?> apiGateway, Function<OrderRequest, OrderResponse> createOrder) {
        this.apiGateway = apiGateway;
        this.createOrder = createOrder;
    }

    @Override
    public void run() {
        try {
            Object unused = apiGateway.apply(new ByteArrayInputStream(EVENT.getBytes(StandardCharsets.UTF_8)));
            OrderResponse response =
                    createOrder.apply(RequestReader.read(dryRun(), Operation.CREATE_ORDER, Map.of(), CALLER));
            if (response instanceof Problem problem) {
                report(problem.code() + ", " + problem.detail());
            }
        } catch (RuntimeException e) {
            report(e.toString());
        }
    }

    private static void report(String reason) {
        LOG.warn(
                "The snapshot is made without a primed database, so each first request is slower: {}. Check that the"
                        + " database is migrated and can be reached, and publish the version again.",
                reason);
    }

    private static ApiRequest dryRun() {
        return new ApiRequest(
                "POST",
                "/orders",
                UrlEncoding.decodeQuery("dryRun=true"),
                Map.of("content-type", "application/json"),
                ORDER.getBytes(StandardCharsets.UTF_8));
    }
}
