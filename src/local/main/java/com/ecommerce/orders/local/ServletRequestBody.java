package com.ecommerce.orders.local;

import com.ecommerce.orders.http.Limits;
import com.ecommerce.orders.http.RequestBody;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to the embedded server. The body stays in the network until the API reads it. This object also
 * holds the memory that is reserved for the request.
 */
final class ServletRequestBody implements RequestBody, AutoCloseable {

    private static final int MOST = Limits.MAX_BODY_BYTES + 1;
    private static final int UNANNOUNCED = 8 * 1024;

    private final HttpServletRequest request;
    private final long deadline;
    private final RequestMemory memory;
    private @Nullable TenantId tenant;
    private @Nullable Operation operation;
    private MemoryBudget.@Nullable Reservation work;
    private byte @Nullable [] bytes;
    private @Nullable IOException failure;
    private boolean late;

    /** @param deadline the {@link System#nanoTime} before which the body must arrive */
    ServletRequestBody(HttpServletRequest request, long deadline, RequestMemory memory) {
        this.request = request;
        this.deadline = deadline;
        this.memory = memory;
    }

    @Override
    public void reserve(TenantId sender, Operation asked) {
        tenant = sender;
        operation = asked;
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            work = memory.forWork(sender, asked, 0);
        }
    }

    @Override
    public long length() {
        return request.getContentLengthLong();
    }

    @Override
    public byte[] read() throws IOException {
        byte[] known = bytes;
        if (known == null) {
            known = receive();
            bytes = known;
        }
        return known;
    }

    /** Tells whether the client has closed the connection. Then Tomcat has taken over the response. */
    boolean hasFailed() {
        return failure != null && !late;
    }

    /** Tells whether the body missed the deadline. Then the rest of the body may still arrive. */
    boolean isLate() {
        return late;
    }

    /** Frees the body and all memory except the memory of the response. */
    void release(int responseLength) {
        bytes = null;
        if (work != null) {
            work.shrinkTo(responseLength);
        }
    }

    @Override
    public void close() {
        release(0);
    }

    private byte[] receive() throws IOException {
        if (failure != null) {
            throw failure;
        }
        TenantId sender = tenant;
        Operation asked = operation;
        if (sender == null || asked == null) {
            throw new IllegalStateException("The body must not be read before reserve is called");
        }
        try (MemoryBudget.Reservation arriving = memory.forBody(sender, UNANNOUNCED)) {
            byte[] received = receive(request.getInputStream(), arriving);
            work = memory.forWork(sender, asked, received.length);
            return received;
        } catch (IOException e) {
            failure = e.getCause() instanceof SocketTimeoutException timeout ? timeout : e;
            throw failure;
        }
    }

    /** Reserves memory for the bytes that have arrived, not for the bytes that may still arrive. */
    private byte[] receive(InputStream in, MemoryBudget.Reservation arriving) throws IOException {
        long announced = length();
        byte[] received = new byte[announced < 0 ? UNANNOUNCED : (int) Math.min(announced, UNANNOUNCED)];
        int count = 0;
        while (count < MOST) {
            if (count == received.length) {
                if (count == announced) {
                    return received;
                }
                int length = Math.min(2 * count, announced < 0 ? MOST : (int) Math.min(announced, MOST));
                arriving.growTo(length);
                received = Arrays.copyOf(received, length);
            }
            int more = in.read(received, count, received.length - count);
            if (more < 0) {
                break;
            }
            count += more;
            if (System.nanoTime() - deadline > 0) {
                late = true;
                throw new SocketTimeoutException("The body did not arrive in time");
            }
        }
        return count == received.length ? received : Arrays.copyOf(received, count);
    }
}
