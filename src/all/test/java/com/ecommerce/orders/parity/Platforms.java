package com.ecommerce.orders.parity;

import com.ecommerce.orders.aws.AwsParity;
import com.ecommerce.orders.azure.AzureParity;
import com.ecommerce.orders.gcp.GcpParity;
import com.ecommerce.orders.local.LocalParity;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import com.ecommerce.orders.testkit.WireClient;
import com.ecommerce.orders.testkit.WireRequest;
import com.ecommerce.orders.testkit.WireResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** The four artifacts, running on one database and trusting one issuer. */
final class Platforms implements AutoCloseable {

    private final Map<Platform, RunningApi> running = new EnumMap<>(Platform.class);

    private Platforms() {}

    static Platforms start(Path directory, Tokens tokens) throws Exception {
        Map<String, String> settings = settings(tokens);
        Platforms platforms = new Platforms();
        try {
            platforms.running.put(
                    Platform.LOCAL, LocalParity.start(Files.createDirectory(directory.resolve("local")), settings));
            platforms.running.put(
                    Platform.AWS, AwsParity.start(Files.createDirectory(directory.resolve("aws")), settings));
            platforms.running.put(Platform.AZURE, AzureParity.start(settings));
            platforms.running.put(Platform.GCP, GcpParity.start(settings));
            return platforms;
        } catch (Exception e) {
            platforms.close();
            throw e;
        }
    }

    private static Map<String, String> settings(Tokens tokens) {
        Map<String, String> settings = new HashMap<>(TestDatabase.get().settings());
        settings.put("HOST", "127.0.0.1");
        settings.putAll(tokens.settings());
        settings.put("ORDERS_IDENTITY_CLAIMS_TENANT", "tenant_id");
        settings.put("ORDERS_IDENTITY_CLAIMS_USER", "sub");
        settings.put("ORDERS_IDENTITY_CLAIMS_EMAIL", "email");
        settings.put("ORDERS_IDENTITY_CLAIMS_SCOPES", "scope");
        return settings;
    }

    WireResponse send(Platform platform, WireRequest request) {
        try {
            return new WireClient(running.get(platform).uri()).send(request);
        } catch (IOException e) {
            throw new AssertionError(platform + " does not respond to " + request.line(), e);
        }
    }

    Map<Platform, WireResponse> sendToAll(WireRequest request) {
        Map<Platform, WireResponse> responses = new EnumMap<>(Platform.class);
        for (Platform platform : Platform.values()) {
            responses.put(platform, send(platform, request));
        }
        return responses;
    }

    @Override
    public void close() throws Exception {
        for (RunningApi api : running.values()) {
            api.process().close();
        }
    }
}
