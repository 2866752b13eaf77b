package com.ecommerce.orders.parity;

import static com.ecommerce.orders.parity.Difference.inAnswer;

import java.util.List;

/** All that is left, with its causes; {@code docs/differences.md} tells it to people. */
final class Differences {

    static final List<Difference> LISTED = List.of(
            inAnswer(
                    Platform.LOCAL,
                    "Tomcat refuses a path with a broken escape, in words of its own",
                    "GET /orders/%",
                    "GET /orders/%zz"),
            inAnswer(Platform.LOCAL, "Tomcat refuses a request line with a fragment", "GET /orders?limit=1#top"),
            inAnswer(
                    Platform.AZURE,
                    "The host removes dot segments, also encoded ones",
                    "doesNotFindAPathWithDotsThatClimb",
                    "doesNotFindAPathWithEncodedDots",
                    "GET /orders/%2E",
                    "GET /orders/.",
                    "GET /orders/..",
                    "GET /.."),
            inAnswer(
                    Platform.AZURE,
                    "The host decodes a path, and does not encode again what then looks like an escape",
                    "doesNotFindAPathThatIsEncodedTwice"),
            inAnswer(
                    Platform.AZURE,
                    "The host answers 404 to a method that the function does not declare",
                    "PROPFIND /orders",
                    "get /orders"),
            inAnswer(
                    Platform.GCP,
                    "Jetty 12 refuses a path that could be read in two ways",
                    "doesNotFindAPathWithEncodedDots",
                    "doesNotFindAPathWithADoubledSlash",
                    "doesNotFindAPathWithADoubledSlashInside",
                    "doesNotFindAPathWithAnEncodedBackslash",
                    "doesNotFindAPathWithAnEncodedControlCharacter",
                    "doesNotFindAPathWithAnEncodedNul",
                    "doesNotFindAPathThatIsNotUtf8",
                    "doesNotFindAPathWithAnEncodedSlash",
                    "doesNotFindAPathThatIsEncodedTwice",
                    "GET /orders/%",
                    "GET /orders/%zz",
                    "GET /orders/%2E",
                    "GET /.."),
            inAnswer(
                    Platform.GCP,
                    "Jetty 12 refuses a request line with a character that has to be encoded",
                    "GET /orders/a|b",
                    "GET /orders/{id}",
                    "GET /orders/[1]",
                    "GET /orders/\"1\"",
                    "GET /orders/a^b",
                    "GET /orders/<1>",
                    "GET /orders/a\\b",
                    "GET /orders?limit=1#top"),
            inAnswer(Platform.GCP, "The invoker answers it by itself", "GET /favicon.ico", "GET /robots.txt"),
            inAnswer(Platform.GCP, "Jetty takes 8 KB of headers", "GET with a header of 9 KB"));

    private Differences() {}
}
