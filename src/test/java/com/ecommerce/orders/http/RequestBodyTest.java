package com.ecommerce.orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.identity.Permission;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.RequestProblem;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The moment at which a request's body is read, and the response if the body does not arrive. */
@NullUnmarked
class RequestBodyTest {

    private static final OrderApi API = new OrderApi(
            new Router(List.of(new Route(
                    "POST",
                    "/orders",
                    new OperationEndpoint(
                            Operation.CREATE_ORDER, operation -> request -> new RequestProblem.Conflict())))),
            RequestBodyTest::caller,
            new Cors(Set.of()),
            RequestObserver.NONE,
            BasePath.ROOT);

    @ParameterizedTest
    @CsvSource({
        "POST, /nowhere, write, application/json, 10, 404",
        "DELETE, /orders, write, application/json, 10, 405",
        "POST, /orders, , application/json, 10, 401",
        "POST, /orders, read, application/json, 10, 403",
        "POST, /orders, write, application/json, 1048577, 413",
        "POST, /orders, write, text/plain, 10, 415"
    })
    void isNotReadIfTheHeadIsRefused(String method, String path, String token, String type, long length, int expected) {
        Recorded body = new Recorded(length, "{}".getBytes(StandardCharsets.UTF_8), null);

        assertThat(answer(method, path, token, type, body)).isEqualTo(expected);
        assertThat(body.reads).isZero();
    }

    @Test
    void isReadAfterTheCallerIsAuthorized() {
        String order = "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":5}]}";
        Recorded body = new Recorded(-1, order.getBytes(StandardCharsets.UTF_8), null);

        assertThat(answer("POST", "/orders", "write", "application/json", body)).isEqualTo(409);
        assertThat(body.reads).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"1048577, application/json, 413", "10, text/plain, 415"})
    void isCheckedAgainIfItsLengthWasNotAnnounced(int length, String type, int expected) {
        Recorded body = new Recorded(-1, new byte[length], null);

        assertThat(answer("POST", "/orders", "write", type, body)).isEqualTo(expected);
    }

    @Test
    void aBodyThatDoesNotArriveInTimeIsARequestTimeout() {
        Recorded body = new Recorded(10, null, new SocketTimeoutException());

        assertThat(answer("POST", "/orders", "write", "application/json", body)).isEqualTo(408);
    }

    @Test
    void aBodyThatEndsEarlyIsABadRequest() {
        Recorded body = new Recorded(10, null, new EOFException());

        assertThat(answer("POST", "/orders", "write", "application/json", body)).isEqualTo(400);
    }

    private static int answer(String method, String path, String token, String type, RequestBody body) {
        Map<String, String> headers = Map.of("authorization", token == null ? "" : token, "content-type", type);
        return API.apply(new ApiRequest(method, path, List.of(), headers, body, null))
                .status();
    }

    private static Caller caller(ApiRequest request) {
        return switch (String.valueOf(request.header("authorization"))) {
            case "read" -> new Caller(new TenantId("acme"), "alice", null, EnumSet.of(Permission.READ_ORDERS));
            case "write" -> new Caller(new TenantId("acme"), "alice", null, EnumSet.of(Permission.WRITE_ORDERS));
            default -> throw Authenticator.missing("No token");
        };
    }

    /** Records whether the body was read. */
    private static final class Recorded implements RequestBody {

        private final long length;
        private final byte[] bytes;
        private final IOException failure;
        private int reads;

        Recorded(long length, byte[] bytes, IOException failure) {
            this.length = length;
            this.bytes = bytes;
            this.failure = failure;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public byte[] read() throws IOException {
            reads++;
            if (failure != null) {
                throw failure;
            }
            return bytes;
        }
    }
}
