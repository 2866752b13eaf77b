package com.ecommerce.orders.local;

import com.ecommerce.orders.order.Readiness;
import com.ecommerce.orders.settings.OrdersSettings;
import com.ecommerce.orders.settings.SettingException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.core.env.Environment;

/** A check of the database at the start, and a text that shows the addresses and a first command. */
final class StartupBanner implements ApplicationRunner {

    private final ServletWebServerApplicationContext server;
    private final OrdersSettings settings;
    private final Environment environment;
    private final Readiness readiness;
    private final @Nullable EmbeddedDatabase embedded;

    StartupBanner(
            ServletWebServerApplicationContext server,
            OrdersSettings settings,
            Environment environment,
            Readiness readiness,
            @Nullable EmbeddedDatabase embedded) {
        this.server = server;
        this.settings = settings;
        this.environment = environment;
        this.readiness = readiness;
        this.embedded = embedded;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        Optional<Readiness.Failure> failure = readiness.failure();
        if (failure.isPresent()) {
            throw new SettingException(failure.get().detail());
        }
        System.out.println(text());
    }

    private String text() {
        WebServer webServer = server.getWebServer();
        String address = "http://localhost:" + (webServer == null ? 0 : webServer.getPort());
        StringBuilder text = new StringBuilder("\nThe order API listens on ").append(address);
        text.append("\nIts data are in ").append(place());
        if (DevIssuer.NAME.equals(settings.identity().jwt().issuer())) {
            text.append("\nThe console, to try the API in a browser: ")
                    .append(address)
                    .append('/');
            text.append("\nThe contract, to read and to try out: ")
                    .append(address)
                    .append("/docs");
            text.append("\nA first order:\n\n").append(firstOrder(address)).append('\n');
        }
        return text.toString();
    }

    private String place() {
        return embedded == null
                ? "the database that DB_URL names"
                : LocalSettings.dataDirectory(environment).toAbsolutePath().normalize() + " (PostgreSQL on port "
                        + embedded.port() + ")";
    }

    /** Returns a command that places an order. The command works in any folder. */
    static String firstOrder(String address) {
        return "  curl -s " + address + "/orders -H \"Authorization: Bearer $(curl -s " + address + "/dev/token)\" \\\n"
                + "    -H 'Content-Type: application/json' \\\n"
                + "    -d '{\"currency\":\"EUR\",\"items\":[{\"sku\":\"BOOK\",\"quantity\":1,\"unitPrice\":1999}]}'\n";
    }
}
