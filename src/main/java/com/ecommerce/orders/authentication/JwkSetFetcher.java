package com.ecommerce.orders.authentication;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A fetcher of the issuer's JWK set. It uses HTTPS, so that an attacker on the network can't add a key. Redirects must lead
 * to HTTPS as well. For development, HTTP on loopback is allowed.
 */
final class JwkSetFetcher extends DefaultResourceRetriever implements JWKSetSource<SecurityContext> {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_BYTES = 100 * 1024;
    private static final int MAX_REDIRECTS = 5;

    private final URI address;
    private final JwkSetParser parser;

    /** @param address an address that {@link #isSafe} accepts */
    JwkSetFetcher(URI address, JwkSetParser parser) {
        super((int) TIMEOUT.toMillis(), (int) TIMEOUT.toMillis(), MAX_BYTES);
        this.address = address;
        this.parser = parser;
    }

    /** Tells whether the response from {@code address} is protected against changes on the network. */
    static boolean isSafe(URI address) {
        String host = address.getHost();
        return host != null
                && ("https".equalsIgnoreCase(address.getScheme())
                        || "http".equalsIgnoreCase(address.getScheme()) && isLoopback(host));
    }

    /** Tells whether a host is loopback. It asks no name server, because a later answer could be another address. */
    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("[::1]")
                || host.startsWith("127.") && host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }

    /**
     * Fetches and parses the set.
     *
     * @throws KeySourceException if the set can't be fetched or has no usable key. A set without a usable key throws the
     *     plain exception, because the library then stops using older keys.
     */
    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long currentTime, @Nullable SecurityContext context)
            throws KeySourceException {
        try {
            JWKSet keys = parser.parse(retrieveResource(address.toURL()).getContent());
            if (keys.isEmpty()) {
                throw new KeySourceException("The JWK set has no usable key");
            }
            return keys;
        } catch (IOException unreachable) {
            throw new JWKSetRetrievalException(
                    "The JWK set can't be fetched: " + unreachable.getMessage(), unreachable);
        } catch (ParseException malformed) {
            throw new JWKSetParseException("The JWK set can't be parsed", malformed);
        }
    }

    /** Follows redirects. Older JDKs do not follow a 308, and no JDK checks that the new address is safe. */
    @Override
    protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
        URI next = URI.create(url.toString());
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpURLConnection connection = super.openHTTPConnection(next.toURL());
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(getConnectTimeout());
            connection.setReadTimeout(getReadTimeout());
            String location = redirect(connection);
            if (location == null) {
                return connection;
            }
            connection.disconnect();
            next = follow(next, location);
        }
        throw new IOException("more than " + MAX_REDIRECTS + " redirects");
    }

    private static @Nullable String redirect(HttpURLConnection connection) throws IOException {
        return switch (connection.getResponseCode()) {
            case 301, 302, 303, 307, 308 -> connection.getHeaderField("Location");
            default -> null;
        };
    }

    private static URI follow(URI from, String location) throws IOException {
        try {
            URI to = from.resolve(location);
            if (isSafe(to)
                    && ("https".equalsIgnoreCase(to.getScheme()) || !"https".equalsIgnoreCase(from.getScheme()))) {
                return to;
            }
        } catch (IllegalArgumentException malformed) {
            // A malformed address is refused like an unsafe address.
        }
        throw new IOException("a redirect leads to an address that is not https");
    }

    @Override
    public void close() {}
}
