package com.ecommerce.orders.local;

import java.time.Duration;
import org.apache.catalina.Context;
import org.apache.catalina.Host;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * The settings of Tomcat that limit what clients can use. Tomcat passes on requests that it would otherwise refuse with its
 * own page. For all other refused requests it writes problem documents.
 */
final class TomcatCustomizer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** The first version in which a virtual thread that waits for a slow client frees its carrier thread (JEP 491). */
    private static final int FIRST_JAVA_WITH_FREE_MONITORS = 24;

    /** The measured maximum of a connection with an active request. */
    private static final int BYTES_OF_A_CONNECTION = 100 * 1024;

    private static final int SHARE_OF_CONNECTIONS = 4;
    private static final int MAX_CONNECTIONS = 8_192;

    /** A limit below {@code server.tomcat.threads.max}, so that slow clients never take the last thread. */
    private static final int MAX_CONNECTIONS_WITH_THREADS = 900;

    private final Duration requestTimeout;

    /** @param requestTimeout how long the head and the body of a request may take to arrive */
    TomcatCustomizer(Duration requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    /** Returns how many connections a server with that heap accepts at once. They use at most a quarter of the heap. */
    static int maxConnections(long heap) {
        long fit = heap / SHARE_OF_CONNECTIONS / BYTES_OF_A_CONNECTION;
        return (int) Math.min(fit, hasVirtualThreads() ? MAX_CONNECTIONS : MAX_CONNECTIONS_WITH_THREADS);
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(TimedHttp11Protocol.class.getName());
        factory.addEngineValves(new RequestTimeoutValve(requestTimeout));
        factory.setRegisterDefaultServlet(false);
        factory.setDisableMBeanRegistry(true);
        factory.addConnectorCustomizers(this::customize);
        factory.addContextCustomizers(TomcatCustomizer::writeProblems);
    }

    private void customize(Connector connector) {
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        connector.setAllowBackslash(true);
        connector.setAllowTrace(true);
        TimedHttp11Protocol protocol = (TimedHttp11Protocol) connector.getProtocolHandler();
        // A body may pause for half of the request timeout.
        protocol.setDisableUploadTimeout(false);
        protocol.setConnectionUploadTimeout((int) requestTimeout.toMillis() / 2);
        if (hasVirtualThreads()) {
            protocol.setExecutor(new VirtualThreadExecutor("http-"));
        }
    }

    private static boolean hasVirtualThreads() {
        return Runtime.version().feature() >= FIRST_JAVA_WITH_FREE_MONITORS;
    }

    private static void writeProblems(Context context) {
        Host host = (Host) context.getParent();
        if (host instanceof StandardHost standardHost) {
            standardHost.setErrorReportValveClass(ProblemErrorValve.class.getName());
        }
    }
}
