package com.ecommerce.orders;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Starts the order API of whichever adapter the build put on the class path. Nothing is scanned and nothing is
 * auto-configured: {@code META-INF/spring/com.ecommerce.orders.OrdersApplication.imports} lists every configuration
 * that is started, because the cold start of a function is paid for by its users.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration
public class OrdersApplication {

    public static void main(String[] args) {
        SpringApplication.run(OrdersApplication.class, args);
    }
}
