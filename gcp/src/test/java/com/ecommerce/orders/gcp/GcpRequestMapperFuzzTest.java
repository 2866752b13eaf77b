package com.ecommerce.orders.gcp;

import com.ecommerce.orders.fuzz.Answers;
import com.ecommerce.orders.fuzz.Mutation;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.ApiUnderFuzz;
import com.ecommerce.orders.order.OneOrder;
import com.google.cloud.functions.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** Tests that the function responds to any request of the invoker. */
class GcpRequestMapperFuzzTest {

    private static final Answers ANSWERS = new Answers("requests of Google's invoker");
    private static final Function<HttpRequest, ApiResponse> FUNCTION = ApiUnderFuzz.behindAGateway()
            .compose(new GcpRequestMapper(new GcpGatewayClaims("x-apigateway-api-userinfo"))::read);
    private static final String CLAIMS =
            """
            {"sub":"alice","firebase":{"tenant":"acme"},"email":"a@example.org","roles":["orders:read","orders:write","payments:write","fulfillments:write"]}""";
    private static final byte[] DRAFT =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":1}]}"
                    .getBytes(StandardCharsets.UTF_8);
    private static final List<String> TARGETS = List.of(
            "/orders",
            "/orders/" + OneOrder.ID,
            "/orders?limit=1&status=PLACED",
            "/orders/" + OneOrder.ID + "/events?limit=%31",
            "/orders/" + OneOrder.ID + "/cancel?dryRun=true");
    private static final List<String> METHODS = List.of("GET", "POST", "GET", "POST", "PATCH", "HEAD", "TRACE");
    private static final List<String> TYPES =
            List.of("application/json", "multipart/form-data; boundary=x", "text/plain");

    @Property
    void respondsToEveryRequest(@ForAll Random random) {
        String target = Mutation.oneOf(random, TARGETS);
        byte[] body = Mutation.once(random, 4) ? new byte[0] : Mutation.bytes(random, DRAFT);
        String claims = Mutation.once(random, 2) ? CLAIMS : Mutation.json(random, CLAIMS);
        String encoded = Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        FakeRequest request = new FakeRequest(
                        Mutation.oneOf(random, METHODS),
                        "http://orders.example.org"
                                + (!Mutation.once(random, 4) ? target : "/" + Mutation.text(random, target)),
                        body,
                        Mutation.once(random, 5) ? random.nextLong() : body.length)
                .with("Content-Type", Mutation.once(random, 4) ? Mutation.oneOf(random, TYPES) : "application/json")
                .with("X-Apigateway-Api-Userinfo", Mutation.once(random, 4) ? Mutation.text(random, encoded) : encoded)
                .with(Mutation.text(random, "If-Match"), Mutation.text(random, "\"1\""));

        ANSWERS.check(
                request.getMethod() + " " + request.getUri() + request.getHeaders()
                        + new String(body, StandardCharsets.UTF_8),
                () -> ApiUnderFuzz.answer(FUNCTION.apply(request)));
    }

    @AfterContainer
    static void tell() {
        ANSWERS.tell();
    }
}
