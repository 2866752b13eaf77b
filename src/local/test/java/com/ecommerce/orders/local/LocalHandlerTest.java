package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.http.ApiResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class LocalHandlerTest {

    private static final int LENGTH = 4 * 1024 * 1024;

    @Test
    void sendsALargeResponseCompletely() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();

        adapter(Duration.ofHours(1)).service(request(), response);

        assertThat(response.getContentAsByteArray()).hasSize(LENGTH);
    }

    @Test
    void stopsAResponseThatIsReceivedTooSlowly() {
        assertThatThrownBy(() -> adapter(Duration.ofHours(-1)).service(request(), new MockHttpServletResponse()))
                .isInstanceOf(ClientAbortException.class);
    }

    private static LocalHandler adapter(Duration timeout) {
        ApiResponse large = new ApiResponse(200, Map.of(), new byte[LENGTH]);
        return new LocalHandler(request -> large, Optional.empty(), new RequestMemory(1024 * 1024), timeout);
    }

    private static MockHttpServletRequest request() {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/orders");
        request.setAttribute(RequestTimeoutValve.DEADLINE, System.nanoTime());
        return request;
    }
}
