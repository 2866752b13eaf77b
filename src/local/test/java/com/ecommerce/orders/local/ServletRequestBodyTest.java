package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ServletRequestBodyTest {

    @Test
    void aBodyThatIsLateLeavesTheResponseToTheApi() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/orders");
        request.setContent(new byte[10]);
        ServletRequestBody body = new ServletRequestBody(request, System.nanoTime() - 1);

        assertThatThrownBy(body::read).isInstanceOf(SocketTimeoutException.class);
        assertThat(body.isLate()).isTrue();
        assertThat(body.hasFailed()).isFalse();
    }
}
