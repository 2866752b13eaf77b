package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.http.HttpProblemException;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.Operation;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ServletRequestBodyTest {

    private static final TenantId TENANT = new TenantId("acme");
    private static final long HEAP_FOR_ONE_PAGE_OF_A_TENANT = 128L * 1024 * 1024;

    private final RequestMemory memory = new RequestMemory(HEAP_FOR_ONE_PAGE_OF_A_TENANT);

    @Test
    void letsTheApiRespondToALateBody() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/orders");
        request.setContent(new byte[10]);
        ServletRequestBody body = new ServletRequestBody(request, System.nanoTime() - 1, memory);
        body.reserve(TENANT, Operation.CREATE_ORDER);

        assertThatThrownBy(body::read).isInstanceOf(SocketTimeoutException.class);
        assertThat(body.isLate()).isTrue();
        assertThat(body.hasFailed()).isFalse();
    }

    @Test
    void holdsTheMemoryOfARequestUntilItIsClosed() throws Exception {
        try (ServletRequestBody body = largeBody()) {
            body.read();

            assertThatThrownBy(() -> largeBody().read()).isInstanceOf(HttpProblemException.class);
        }
        assertThatCode(() -> largeBody().read()).doesNotThrowAnyException();
    }

    @Test
    void holdsOnlyTheMemoryOfTheResponseWhileItIsSent() {
        try (ServletRequestBody page = page()) {
            assertThatThrownBy(this::page).isInstanceOf(HttpProblemException.class);

            page.release(1_000);

            assertThatCode(this::page).doesNotThrowAnyException();
        }
    }

    private ServletRequestBody page() {
        ServletRequestBody body =
                new ServletRequestBody(new MockHttpServletRequest("GET", "/orders"), System.nanoTime(), memory);
        body.reserve(TENANT, Operation.LIST_ORDERS);
        return body;
    }

    private ServletRequestBody largeBody() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/orders");
        request.setContent(new byte[1024 * 1024]);
        ServletRequestBody body =
                new ServletRequestBody(request, System.nanoTime() + TimeUnit.HOURS.toNanos(1), memory);
        body.reserve(TENANT, Operation.CREATE_ORDER);
        return body;
    }
}
