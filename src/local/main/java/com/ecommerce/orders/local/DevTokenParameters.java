package com.ecommerce.orders.local;

import com.ecommerce.orders.http.Parameter;
import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.identity.Permission;
import com.ecommerce.orders.identity.TenantId;
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
 * @param violations the parameters that are unknown or given twice, and those that would make a token that no API accepts
 */
record DevTokenParameters(Map<String, String> claims, List<Violation> violations) {

    private static final String TENANT = "tenant";
    private static final String USER = "user";
    private static final String SCOPE = "scope";

    static DevTokenParameters read(List<Parameter> query) {
        Map<String, String> values = new LinkedHashMap<>(
                Map.of(TENANT, "acme", USER, "alice", "email", "alice@example.org", SCOPE, scopesJoinedBy(" ")));
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
            } else {
                check(parameter, violations);
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
                values.get(TENANT),
                "sub",
                values.get(USER),
                "email",
                values.get("email"),
                SCOPE,
                values.get(SCOPE));
    }

    private static void check(Parameter parameter, List<Violation> violations) {
        String value = parameter.value();
        switch (parameter.name()) {
            case SCOPE -> checkScopes(value, violations);
            case TENANT -> {
                if (!TenantId.isValid(value)) {
                    violations.add(violation(
                            parameter,
                            Violation.Code.BAD_FORMAT,
                            "A tenant must have 1 to " + TenantId.MAX_LENGTH
                                    + " characters, not only spaces, and no control characters."));
                }
            }
            case USER -> {
                if (value.isBlank() || value.codePointCount(0, value.length()) > Caller.MAX_USER_LENGTH) {
                    violations.add(violation(
                            parameter,
                            Violation.Code.BAD_FORMAT,
                            "A user must have 1 to " + Caller.MAX_USER_LENGTH + " characters, not only spaces."));
                }
            }
            default -> {
                // Any e-mail address will do.
            }
        }
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
