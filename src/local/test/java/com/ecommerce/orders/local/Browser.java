package com.ecommerce.orders.local;

import com.ecommerce.orders.testkit.Await;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium with an empty profile. The tests control it with chromedriver and the WebDriver protocol. */
@NullUnmarked
final class Browser implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration START = Duration.ofSeconds(60);
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process driver;
    private final String base;
    private final String session;

    private Browser(Process driver, String base, String session) {
        this.driver = driver;
        this.base = base;
        this.session = session;
    }

    /** @param profile an empty directory */
    static Browser start(Path profile) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process driver = new ProcessBuilder("chromedriver", "--port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("chromedriver.log").toFile())
                .start();
        Browser starting = new Browser(driver, "http://127.0.0.1:" + port, "");
        try {
            Await.until("chromedriver", START, starting::isUp);
            Map<String, Object> chrome = Map.of(
                    "args",
                    List.of(
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--disable-dev-shm-usage",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--window-size=1200,1600",
                            "--user-data-dir=" + profile.resolve("profile")));
            Map<String, Object> wanted = Map.of(
                    "browserName",
                    "chrome",
                    "goog:chromeOptions",
                    chrome,
                    "goog:loggingPrefs",
                    Map.of("browser", "ALL", "performance", "ALL"));
            JsonNode opened =
                    starting.send("POST", "/session", Map.of("capabilities", Map.of("alwaysMatch", wanted)), START);
            return new Browser(
                    driver,
                    starting.base,
                    "/session/" + opened.path("sessionId").asString());
        } catch (Exception | Error e) {
            driver.destroy();
            throw e;
        }
    }

    void open(URI page) throws Exception {
        send("POST", session + "/url", Map.of("url", page.toString()), START);
    }

    /** Waits for the element and clicks it. */
    void click(String css) throws Exception {
        send("POST", session + "/element/" + find(css) + "/click", Map.of(), TIMEOUT);
    }

    /** Waits until the text of the element contains {@code part}. */
    void awaitText(String css, String part) throws Exception {
        Await.until("'" + part + "' in " + css, TIMEOUT, () -> run(
                        "const e = document.querySelector(arguments[0]); return e ? e.textContent : ''", css)
                .asString()
                .contains(part));
    }

    /** Waits until the page has no such element. */
    void awaitGone(String css) throws Exception {
        Await.until("no " + css, TIMEOUT, () -> run("return !document.querySelector(arguments[0])", css)
                .asBoolean());
    }

    /** Replaces the value of the element with {@code value}, as typing does. */
    void fill(String css, String value) throws Exception {
        find(css);
        run(
                "const e = document.querySelector(arguments[0]);"
                        + "Object.getOwnPropertyDescriptor(Object.getPrototypeOf(e), 'value').set.call(e, arguments[1]);"
                        + "e.dispatchEvent(new Event('input', {bubbles: true}));"
                        + "e.dispatchEvent(new Event('change', {bubbles: true}));",
                css,
                value);
    }

    /** Presses and releases the keys, one after another, as a keyboard does. The element with the focus receives them. */
    void press(String keys) throws Exception {
        List<Map<String, Object>> strokes = keys.codePoints()
                .mapToObj(Character::toString)
                .flatMap(key -> Stream.<Map<String, Object>>of(
                        Map.of("type", "keyDown", "value", key), Map.of("type", "keyUp", "value", key)))
                .toList();
        Map<String, Object> keyboard = Map.of("type", "key", "id", "keyboard", "actions", strokes);
        send("POST", session + "/actions", Map.of("actions", List.of(keyboard)), TIMEOUT);
    }

    /** Shows pages as on a screen of this size, in light or in dark colors. */
    void show(int width, int height, String colorScheme) throws Exception {
        devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        devTools(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
    }

    private void devTools(String command, Map<String, Object> parameters) throws Exception {
        send("POST", session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters), TIMEOUT);
    }

    /** Opens a second tab, which has no content yet. Returns the name of the tab that was shown before. */
    String openTab() throws Exception {
        String first = send("GET", session + "/window", null, TIMEOUT).asString();
        JsonNode second = send("POST", session + "/window/new", Map.of("type", "tab"), TIMEOUT);
        showTab(second.path("handle").asString());
        return first;
    }

    void showTab(String name) throws Exception {
        send("POST", session + "/window", Map.of("handle", name), TIMEOUT);
    }

    /** Waits until the page contains the element, and returns its id. */
    String find(String css) throws Exception {
        String[] id = {""};
        Await.until(css, TIMEOUT, () -> {
            JsonNode found = run("return document.querySelector(arguments[0])", css);
            id[0] = found.path(ELEMENT).asString("");
            return !id[0].isEmpty();
        });
        return id[0];
    }

    JsonNode run(String script, Object... arguments) throws IOException, InterruptedException {
        return send("POST", session + "/execute/sync", Map.of("script", script, "args", List.of(arguments)), TIMEOUT);
    }

    /** Returns the errors of the page: errors of scripts, of the security policy and of files that it could not load. */
    List<String> complaints() throws Exception {
        return log("browser")
                .filter(entry -> entry.path("level").asString().equals("SEVERE"))
                .map(entry -> entry.path("message").asString())
                .toList();
    }

    /** Returns the addresses that the page requested from a server, without the first page of the browser itself. */
    List<URI> requests() throws Exception {
        return log("performance")
                .map(entry -> JSON.readTree(entry.path("message").asString()).path("message"))
                .filter(message -> message.path("method").asString().equals("Network.requestWillBeSent"))
                .map(message -> message.at("/params/request/url").asString())
                .filter(url -> !url.startsWith("data:") && !url.startsWith("chrome://"))
                .map(URI::create)
                .toList();
    }

    /** Saves a screenshot of the page around the element. */
    void screenshot(String css, Path file) throws Exception {
        find(css);
        run("document.querySelector(arguments[0]).scrollIntoView({block: 'start', behavior: 'instant'})", css);
        JsonNode picture = send("GET", session + "/screenshot", null, TIMEOUT);
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(picture.asString()));
    }

    @Override
    public void close() throws Exception {
        try {
            send("DELETE", session, null, TIMEOUT);
        } finally {
            driver.destroy();
            driver.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private Stream<JsonNode> log(String type) throws Exception {
        return send("POST", session + "/se/log", Map.of("type", type), TIMEOUT).valueStream();
    }

    private boolean isUp() throws InterruptedException {
        try {
            return send("GET", "/status", null, TIMEOUT).path("ready").asBoolean();
        } catch (IOException notYet) {
            return false;
        }
    }

    private JsonNode send(String method, String path, Object body, Duration timeout)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(timeout)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(method + " " + path + ": " + response.body());
        }
        return JSON.readTree(response.body()).path("value");
    }
}
