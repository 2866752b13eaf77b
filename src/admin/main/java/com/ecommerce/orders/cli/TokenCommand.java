package com.ecommerce.orders.cli;

import com.ecommerce.orders.identity.Permission;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command that prints a development token of the running local API. */
@Command(
        name = "token",
        description = "Prints a development token, which only a local API on this machine issues and accepts.")
final class TokenCommand implements Callable<Integer> {

    private final PrintWriter out;

    @Mixin
    private final ApiAddress address = new ApiAddress();

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Tenant of the caller (default: acme).")
    private String tenant = "";

    @Option(names = "--user", paramLabel = "ID", description = "Id of the caller (default: alice).")
    private String user = "";

    @Option(names = "--email", paramLabel = "EMAIL", description = "E-mail of the caller (default: alice@example.org).")
    private String email = "";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            converter = ScopeConverter.class,
            description = "A scope of the caller; can be repeated (default: all scopes).")
    private List<String> scopes = new ArrayList<>();

    TokenCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("tenant", tenant);
        parameters.put("user", user);
        parameters.put("email", email);
        parameters.put("scope", String.join(" ", scopes));
        out.println(ApiClient.of(address).developmentToken(parameters));
        return 0;
    }

    /** Reads a scope. */
    private static final class ScopeConverter implements ITypeConverter<String> {

        @Override
        public String convert(String text) {
            List<String> scopes =
                    Arrays.stream(Permission.values()).map(Permission::scope).toList();
            if (!scopes.contains(text)) {
                throw new TypeConversionException(
                        "must be one of " + scopes.stream().collect(Collectors.joining(", ")) + ", not '" + text + "'");
            }
            return text;
        }
    }
}
