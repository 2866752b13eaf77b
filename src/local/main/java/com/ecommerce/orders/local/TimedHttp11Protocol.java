package com.ecommerce.orders.local;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP connector with a timeout for the whole head of a request. Tomcat's own timeout starts again with each
 * byte.
 */
public final class TimedHttp11Protocol extends Http11NioProtocol {

    /** The start time that Tomcat gives to a request before the first byte arrives. */
    private static final long NOT_STARTED = -1;

    private @Nullable Future<?> checks;

    @Override
    public void start() throws Exception {
        super.start();
        checks = getUtilityExecutor().scheduleWithFixedDelay(this::closeOverdue, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (checks != null) {
            checks.cancel(false);
        }
        super.stop();
    }

    private void closeOverdue() {
        for (SocketWrapperBase<?> connection : getEndpoint().getConnections()) {
            // A thread that serves the connection holds its lock.
            if (connection.getLock().tryLock()) {
                try {
                    if (connection.getCurrentProcessor() instanceof Processor unfinished && isOverdue(unfinished)) {
                        connection.close();
                    }
                } finally {
                    connection.getLock().unlock();
                }
            }
        }
    }

    private boolean isOverdue(Processor unfinished) {
        // An upgraded connection has no request.
        Request request = unfinished.getRequest();
        long start = request == null ? NOT_STARTED : request.getStartTimeNanos();
        return start != NOT_STARTED
                && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) > getConnectionTimeout();
    }
}
