package com.ecommerce.orders.http;

import com.ecommerce.orders.conformance.Tokens;
import com.ecommerce.orders.fuzz.Answers.Answer;
import com.ecommerce.orders.json.OrderWriter;
import com.ecommerce.orders.order.OneOrder;
import com.ecommerce.orders.order.Readiness;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

/** The whole API, as each adapter gets it, on a storage that needs no database. */
public final class ApiUnderFuzz {

    private ApiUnderFuzz() {}

    /** One that verifies tokens, and takes those of {@code tokens}. */
    public static OrderApi trusting(Tokens tokens) {
        return api(Map.of(
                "orders.identity.jwt.issuer", tokens.issuer(),
                "orders.identity.jwt.audience", tokens.audience(),
                "orders.identity.jwt.jwk-set", tokens.jwkSetJson(),
                "orders.cors.origins", "*"));
    }

    /** One that trusts a gateway's claims, under the names that the platforms' own settings have. */
    public static OrderApi behindAGateway() {
        return api(Map.of(
                "orders.identity.mode", "gateway",
                "orders.identity.claims.tenant", "custom:tenant_id,tid,tenant_id,firebase.tenant",
                "orders.identity.claims.user", "sub,oid",
                "orders.identity.claims.scopes", "scope,scp,roles"));
    }

    /** What is to be checked of a response. */
    public static Answer answer(ApiResponse response) {
        return new Answer(response.status(), response.headers(), response.body());
    }

    private static OrderApi api(Map<String, String> settings) {
        MockEnvironment environment = new MockEnvironment();
        settings.forEach(environment::setProperty);
        GenericApplicationContext context = new GenericApplicationContext();
        context.setEnvironment(environment);
        context.register(new HttpConfiguration());
        context.registerBean(Clock.class, Clock::systemUTC);
        context.registerBean(Readiness.class, () -> Optional::empty);
        OneOrder.functions(new OrderWriter())
                .forEach((name, function) -> context.registerBean(name, Function.class, () -> function));
        context.refresh();
        return context.getBean(OrderApi.class);
    }
}
