package com.ecommerce.orders.parity;

import static com.ecommerce.orders.parity.Difference.inAnswer;

import java.util.List;

/** All known differences between the platforms and their causes. {@code docs/differences.md} explains them. */
final class Differences {

    static final List<Difference> LISTED = List.of(
            inAnswer(
                    Platform.LOCAL,
                    "Tomcat refuses a path with a broken escape, with its own message",
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
                    "The host decodes a path once and does not encode the result again",
                    "doesNotFindAPathThatIsEncodedTwice"),
            inAnswer(
                    Platform.AZURE,
                    "The host responds with 404 to a method that the function does not declare",
                    "PROPFIND /orders",
                    "get /orders"),
            inAnswer(
                    Platform.GCP,
                    "Jetty 12 refuses an ambiguous path",
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
            inAnswer(Platform.GCP, "The invoker itself responds", "GET /favicon.ico", "GET /robots.txt"),
            inAnswer(Platform.GCP, "Jetty accepts at most 8 KB of headers", "GET with a header of 9 KB"));

    private Differences() {}
}
