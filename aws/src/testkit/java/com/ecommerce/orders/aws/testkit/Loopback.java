package com.ecommerce.orders.aws.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The address of the stand-ins for AWS's services. */
public final class Loopback {

    static {
        // The property must be set before the first server of the JDK exists. Otherwise the body of a response waits 40
        // ms
        // for the acknowledgement of its head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private Loopback() {}

    /** Returns an address with any free port. */
    public static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
