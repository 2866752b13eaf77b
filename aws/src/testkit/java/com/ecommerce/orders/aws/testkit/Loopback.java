package com.ecommerce.orders.aws.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Where the stand-ins for AWS's services listen. */
public final class Loopback {

    static {
        // Before the first of the JDK's servers is made, which all do as it says: else an answer's body waits for the
        // acknowledgement of its head, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private Loopback() {}

    /** Any port that is free. */
    public static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
