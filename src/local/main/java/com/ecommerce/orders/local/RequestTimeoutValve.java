package com.ecommerce.orders.local;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/** A valve that sets one deadline for the head and the body of a request, even if the API does not read the body. */
final class RequestTimeoutValve extends ValveBase {

    /** The request attribute with the {@link System#nanoTime} before which the whole request must arrive. */
    static final String DEADLINE = RequestTimeoutValve.class.getName() + ".deadline";

    private static final int MAX_UNWANTED_BYTES = 2 * 1024 * 1024;

    private final Duration timeout;

    RequestTimeoutValve(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        org.apache.coyote.Request received = request.getCoyoteRequest();
        long deadline = received.getStartTimeNanos() + timeout.toNanos();
        request.setAttribute(DEADLINE, deadline);
        getNext().invoke(request, response);
        if (!received.isFinished()) {
            response.finishResponse();
            skipBody(received, deadline);
        }
        if (!received.isFinished()) {
            received.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    /** Reads the rest of the body. If the connection closed while the client still sends, the client would lose the response. */
    private static void skipBody(org.apache.coyote.Request received, long deadline) {
        Skipped skipped = new Skipped();
        int count = 0;
        int more = 0;
        try {
            while (more >= 0 && count <= MAX_UNWANTED_BYTES && System.nanoTime() - deadline < 0) {
                more = received.isFinished() ? -1 : received.doRead(skipped);
                count += more;
            }
        } catch (IOException gone) {
            // There is no client left that could read the response.
        }
    }

    /** The part of a body that Tomcat has just read. */
    private static final class Skipped implements ApplicationBufferHandler {

        private ByteBuffer part = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            part = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return part;
        }

        @Override
        public void expand(int size) {
            // The part is only as large as Tomcat's own buffer.
        }
    }
}
