package com.ecommerce.orders.local.testkit;

import com.ecommerce.orders.local.LocalApplication;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The API of the local adapter on a free port. */
public final class LocalServer implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;

    private LocalServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts a server on the test database that trusts the tokens of {@code tokens}. */
    public static LocalServer trusting(Tokens tokens, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(TestDatabase.get().settings());
        all.put("orders.identity.jwt.issuer", tokens.issuer());
        all.put("orders.identity.jwt.audience", tokens.audience());
        all.put("orders.identity.jwt.jwk-set", tokens.jwkSetJson());
        all.put("HOST", "127.0.0.1");
        // All platforms have the same pool size, because cases of the contract depend on the number of connections.
        all.put("DB_POOL_SIZE", "10");
        all.putAll(settings);
        return start(all);
    }

    /** Starts a server on the test database with a development issuer whose key is in {@code directory}. */
    public static LocalServer withDevIssuer(Path directory) {
        Map<String, String> all = new HashMap<>(TestDatabase.get().settings());
        all.put("ORDERS_DATA_DIR", directory.toString());
        return start(all);
    }

    public static LocalServer start(Map<String, String> settings) {
        return start(new SpringApplicationBuilder(LocalApplication.class), settings);
    }

    /** Starts a server on the test database with a development issuer and a clock that tests can set. */
    public static LocalServer on(MovableClock clock, Path directory) {
        Map<String, String> all = new HashMap<>(TestDatabase.get().settings());
        all.put("ORDERS_DATA_DIR", directory.toString());
        return start(clock.moving(new SpringApplicationBuilder(LocalApplication.class)), all);
    }

    private static LocalServer start(SpringApplicationBuilder application, Map<String, String> settings) {
        Map<String, Object> properties = new HashMap<>(settings);
        properties.putIfAbsent("PORT", "0");
        // Arguments have priority over the properties of the artifact, like environment variables.
        String[] arguments = properties.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        return new LocalServer(
                application.profiles("local").logStartupInfo(false).run(arguments));
    }

    public URI uri() {
        return uri("");
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public int port() {
        return Objects.requireNonNull(((ServletWebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    public HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, String token, String body, String... headers) throws Exception {
        return send("POST", path, token, body, headers);
    }

    public HttpResponse<String> send(String method, String path, String token, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        context.close();
    }

    /** Removes the prefix of the log before printed lines. The prefix exists if the adapter of AWS is also on the class path. */
    public static String withoutLogPrefix(String output) {
        return output.replaceAll("(?m)^\\S+ ERROR LoggingPrintStream: ", "");
    }
}
