package com.ecommerce.orders.local;

import com.ecommerce.orders.http.Parameter;
import com.ecommerce.orders.identity.Permission;
import com.ecommerce.orders.operation.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parameters of {@code GET /dev/token}.
 *
 * @param claims the claims of the token; a claim without a parameter has a default
 * @param violations the parameters that are unknown, given twice, or name an unknown scope
 */
record DevTokenParameters(Map<String, String> claims, List<Violation> violations) {

    private static final String SCOPE = "scope";

    static DevTokenParameters read(List<Parameter> query) {
        Map<String, String> values = new LinkedHashMap<>(
                Map.of("tenant", "acme", "user", "alice", "email", "alice@example.org", SCOPE, scopesJoinedBy(" ")));
        Set<String> given = new HashSet<>();
        List<Violation> violations = new ArrayList<>();
        for (Parameter parameter : query) {
            if (values.replace(parameter.name(), parameter.value()) == null) {
                violations.add(violation(
                        parameter,
                        Violation.Code.UNKNOWN_FIELD,
                        "There is no such parameter. Use tenant, user, email or scope."));
            } else if (!given.add(parameter.name())) {
                violations.add(
                        violation(parameter, Violation.Code.TOO_MANY, "The parameter is given twice. Send it once."));
            } else if (parameter.name().equals(SCOPE)) {
                checkScopes(parameter.value(), violations);
            }
        }
        return new DevTokenParameters(claims(values), violations);
    }

    private static Violation violation(Parameter parameter, Violation.Code code, String detail) {
        return new Violation("?" + parameter.name(), code, detail);
    }

    private static Map<String, String> claims(Map<String, String> values) {
        return Map.of(
                "tenant_id",
                values.get("tenant"),
                "sub",
                values.get("user"),
                "email",
                values.get("email"),
                SCOPE,
                values.get(SCOPE));
    }

    private static void checkScopes(String scopes, List<Violation> violations) {
        for (String scope : scopes.split(" ")) {
            if (!scope.isEmpty() && Permission.grantedBy(scope) == null) {
                violations.add(new Violation(
                        "?" + SCOPE,
                        Violation.Code.BAD_FORMAT,
                        "There is no scope " + scope + ". Use " + scopesJoinedBy(" or ") + "."));
            }
        }
    }

    private static String scopesJoinedBy(String delimiter) {
        return Arrays.stream(Permission.values()).map(Permission::scope).collect(Collectors.joining(delimiter));
    }
}
