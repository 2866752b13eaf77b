package com.ecommerce.orders.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class WireClientTest {

    @Test
    void sendsThePathAsItIs() throws Exception {
        assertThat(sent(new WireRequest("GET", "/a/../%2e%2e//b;c?d=%zz&e", Map.of(), null)))
                .startsWith("GET /a/../%2e%2e//b;c?d=%zz&e HTTP/1.1\r\n")
                .doesNotContain("Content-Length");
    }

    @Test
    void sendsTheBodyWithItsLength() throws Exception {
        byte[] body = "{\"a\":\"é\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(sent(new WireRequest("POST", "/a", Map.of("content-type", "application/json"), body)))
                .contains("Content-Length: 10\r\n", "content-type: application/json\r\n")
                .doesNotContain("chunked");
    }

    @Test
    void sendsAPostWithoutABodyWithTheLengthZero() throws Exception {
        assertThat(sent(new WireRequest("POST", "/a", Map.of(), null))).contains("Content-Length: 0\r\n");
    }

    @Test
    void sendsABodyThatIsInChunksWithoutALength() throws Exception {
        byte[] chunks = "2\r\n{}\r\n0\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        assertThat(sent(new WireRequest("POST", "/a", Map.of("Transfer-Encoding", "chunked"), chunks)))
                .doesNotContain("Content-Length");
    }

    @Test
    void refusesALineBreakInAHeader() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sent(new WireRequest("GET", "/", Map.of("A", "b\r\nC: d"), null)));
    }

    @Test
    void readsABodyOfKnownLength() throws Exception {
        assertThat(received("GET", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nabc")
                        .text())
                .isEqualTo("ab");
    }

    @Test
    void readsABodyInChunks() throws Exception {
        String answer =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\nA\r\n0123456789\r\n0\r\n\r\n";
        assertThat(received("GET", answer).text()).isEqualTo("ab0123456789");
    }

    @Test
    void readsABodyToTheEnd() throws Exception {
        assertThat(received("GET", "HTTP/1.1 200 \r\n\r\nabc").text()).isEqualTo("abc");
    }

    @Test
    void readsNoBodyOfAResponseWithoutABody() throws Exception {
        assertThat(received("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n")
                        .body())
                .isEmpty();
        assertThat(received("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 20\r\n\r\n")
                        .body())
                .isEmpty();
        assertThat(received("GET", "HTTP/1.1 204 No Content\r\n\r\n").body()).isEmpty();
    }

    @Test
    void skipsInterimResponses() throws Exception {
        assertThat(received("GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\n\r\n")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void findsHeadersInAnyCase() throws Exception {
        WireResponse response = received("GET", "HTTP/1.1 200 OK\r\nX-INFIX: a\r\nx-infix:  b \r\n\r\n");
        assertThat(response.header("X-Infix")).contains("a, b");
        assertThat(response.header("Other")).isEmpty();
    }

    @Test
    void failsOnAResponseThatBreaksOff() {
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> received("GET", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"));
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> received("GET", "HTTP/1.1 200 OK\r\n"));
    }

    private static String sent(WireRequest request) throws Exception {
        return exchange(request, "HTTP/1.1 200 OK\r\n\r\n").sent();
    }

    private static WireResponse received(String method, String answer) throws Exception {
        return exchange(new WireRequest(method, "/", Map.of(), null), answer).received();
    }

    private record Exchange(String sent, WireResponse received) {}

    private static Exchange exchange(WireRequest request, String answer) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> sent = CompletableFuture.supplyAsync(() -> answerOnce(server, answer));
            WireResponse received =
                    new WireClient(URI.create("http://127.0.0.1:" + server.getLocalPort())).send(request);
            return new Exchange(sent.get(), received);
        }
    }

    /** Responds to one request, and returns the head of the request. */
    private static String answerOnce(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            for (int next = in.read(); next >= 0 && head.indexOf("\r\n\r\n") < 0; next = in.read()) {
                head.append((char) next);
                if (head.indexOf("\r\n\r\n") >= 0) {
                    break;
                }
            }
            in.readNBytes(in.available());
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            return head.toString();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
