package com.ecommerce.orders.azure;

import com.ecommerce.orders.azure.testkit.worker.WorkerRequestMessage;
import com.ecommerce.orders.azure.testkit.worker.WorkerResponseMessage;
import com.ecommerce.orders.fuzz.Answers;
import com.ecommerce.orders.fuzz.Answers.Answer;
import com.ecommerce.orders.fuzz.Mutation;
import com.ecommerce.orders.http.ApiUnderFuzz;
import com.ecommerce.orders.http.OrderApi;
import com.ecommerce.orders.order.OneOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** Tests that the adapter responds to any request of the worker. */
class AzureRequestMapperFuzzTest {

    private static final Answers ANSWERS = new Answers("requests of Azure's worker");
    private static final OrderApi API = ApiUnderFuzz.behindAGateway();
    private static final AzureHandler ADAPTER = new AzureHandler(
            () -> API, headers -> AzureGatewayClaims.claims(headers.get(AppServiceAuthentication.HEADER)));
    private static final String PRINCIPAL =
            """
            {"auth_typ":"aad","name_typ":"name","role_typ":"roles","claims":[{"typ":"tid","val":"acme"},
             {"typ":"oid","val":"alice"},{"typ":"roles","val":"orders:read"},{"typ":"roles","val":"orders:write"},
             {"typ":"roles","val":"payments:write"},{"typ":"roles","val":"fulfillments:write"}]}""";
    private static final String DRAFT =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":1}]}";
    private static final List<String> URLS = List.of(
            "http://h/orders",
            "http://h/orders/" + OneOrder.ID + "?x=a|b",
            "https://h:8443/orders?limit=1&status=PLACED&createdFrom=2026-01-01T00:00:00Z",
            "http://h/orders/" + OneOrder.ID + "/cancel?dryRun=true");
    private static final List<String> METHODS = List.of("GET", "POST", "GET", "POST", "PATCH", "HEAD", "TRACE");

    @Property
    void respondsToEveryRequest(@ForAll Random random) {
        String url = Mutation.oneOf(random, URLS);
        int path = url.indexOf('/', 8);
        String principal = Mutation.once(random, 2) ? PRINCIPAL : Mutation.json(random, PRINCIPAL);
        String encoded = Base64.getEncoder().encodeToString(principal.getBytes(StandardCharsets.UTF_8));
        Map<String, String> headers = new HashMap<>(Map.of(
                "content-type",
                "application/json",
                AppServiceAuthentication.HEADER,
                Mutation.once(random, 4) ? Mutation.text(random, encoded) : encoded));
        headers.put(Mutation.text(random, "if-match"), Mutation.text(random, "\"1\""));
        WorkerRequestMessage request = new WorkerRequestMessage(
                Mutation.oneOf(random, METHODS),
                Mutation.once(random, 2)
                        ? url
                        : url.substring(0, path) + "/" + Mutation.text(random, url.substring(path)),
                headers,
                Map.of(),
                Mutation.once(random, 4) ? Optional.empty() : Optional.of(Mutation.text(random, DRAFT)));

        ANSWERS.check(request, () -> answer(request));
    }

    @AfterContainer
    static void tell() {
        ANSWERS.tell();
    }

    private static Answer answer(WorkerRequestMessage request) {
        WorkerResponseMessage response = (WorkerResponseMessage) ADAPTER.handle(request);
        return new Answer(response.getStatusCode(), response.headers(), (byte[]) response.getBody());
    }
}
