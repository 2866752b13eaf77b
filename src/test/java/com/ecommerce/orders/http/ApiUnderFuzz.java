package com.ecommerce.orders.http;

import com.ecommerce.orders.authentication.AuthenticationConfiguration;
import com.ecommerce.orders.fuzz.Answers.Answer;
import com.ecommerce.orders.json.JsonOrderSerializer;
import com.ecommerce.orders.order.OneOrder;
import com.ecommerce.orders.order.Readiness;
import com.ecommerce.orders.testkit.Tokens;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.mock.env.MockEnvironment;

/** The whole API, as each adapter uses it, with a storage that needs no database. */
public final class ApiUnderFuzz {

    private ApiUnderFuzz() {}

    /** Creates an API that verifies the tokens of {@code tokens}. */
    public static OrderApi trusting(Tokens tokens) {
        return api(Map.of(
                "orders.identity.jwt.issuer", tokens.issuer(),
                "orders.identity.jwt.audience", tokens.audience(),
                "orders.identity.jwt.jwk-set", tokens.jwkSetJson(),
                "orders.cors.origins", "*"));
    }

    /** Creates an API that trusts a gateway's claims, under the claim names of all platforms. */
    public static OrderApi behindAGateway() {
        return behindAGateway(Map.of("orders.identity.tenants.allowed", "acme,tenant-blue,tenant-green"));
    }

    /** Creates the same API below a base path. */
    public static OrderApi behindAGatewayAt(String basePath) {
        return behindAGateway(Map.of(
                "orders.http.base-path", basePath, "orders.identity.tenants.allowed", "acme,tenant-blue,tenant-green"));
    }

    /** Creates the same API with additional settings. */
    public static OrderApi behindAGateway(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("orders.identity.mode", "gateway");
        settings.put("orders.identity.claims.tenant", "custom:tenant_id,tid,tenant_id,firebase.tenant");
        settings.put("orders.identity.claims.user", "sub,oid");
        settings.put("orders.identity.claims.scopes", "scope,scp,roles");
        return api(settings);
    }

    /** Returns the status of {@code api}, behind a gateway, for a caller with these verified claims. */
    public static int status(OrderApi api, @Nullable Map<String, Object> claims) {
        return api.apply(new ApiRequest("GET", "/orders/" + OneOrder.ID, List.of(), Map.of(), new byte[0], claims))
                .status();
    }

    /** Returns the parts of a response that are checked. */
    public static Answer answer(ApiResponse response) {
        return new Answer(response.status(), response.headers(), response.body());
    }

    private static OrderApi api(Map<String, String> settings) {
        MockEnvironment environment = new MockEnvironment();
        settings.forEach(environment::setProperty);
        return start(environment);
    }

    /** Creates the API with the settings of {@code environment}. */
    public static OrderApi start(ConfigurableEnvironment environment) {
        GenericApplicationContext context = new GenericApplicationContext();
        context.setEnvironment(environment);
        context.register(new AuthenticationConfiguration(), new HttpConfiguration());
        context.registerBean(Clock.class, Clock::systemUTC);
        context.registerBean(Readiness.class, () -> Optional::empty);
        OneOrder.functions(new JsonOrderSerializer())
                .forEach((name, function) -> context.registerBean(name, Function.class, () -> function));
        context.refresh();
        return context.getBean(OrderApi.class);
    }
}
