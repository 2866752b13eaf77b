package com.ecommerce.orders.local.sample;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** The bodies of the requests that place the sample orders. */
final class SampleBodies {

    private static final List<String> CUSTOMERS = List.of(
            "Ada Lovelace",
            "Grace Hopper",
            "Alan Turing",
            "Katherine Johnson",
            "Edsger Dijkstra",
            "Barbara Liskov",
            "Donald Knuth");

    private static final List<Article> ARTICLES = List.of(
            new Article("BOOK-0017", "Notes on the Analytical Engine", 2499),
            new Article("MUG-BLUE", "Blue mug", 650),
            new Article("LAMP-LED", "Desk lamp", 3990),
            new Article("TEA-GREEN", "Green tea", 1275));

    private static final Market USA = new Market("USD", "0.1075", "1 Main Street", "Los Angeles", "90012", "US");
    private static final Market GERMANY = new Market("EUR", "0.19", "Unter den Linden 1", "Berlin", "10117", "DE");
    private static final Market JAPAN = new Market("JPY", "0.1", "1-1 Marunouchi", "Tokyo", "100-0005", "JP");
    private static final Market KUWAIT = new Market("KWD", "0", "Gulf Street 1", "Kuwait City", "13001", "KW");
    private static final List<Market> MARKETS =
            List.of(KUWAIT, USA, GERMANY, USA, USA, JAPAN, USA, GERMANY, USA, USA, USA);

    private SampleBodies() {}

    /** Returns the body of an order. The first line has two units. */
    static Map<String, Object> newOrder(int number, String externalRef) {
        Market market = MARKETS.get(number % MARKETS.size());
        String name = CUSTOMERS.get(number % CUSTOMERS.size());
        Map<String, Object> body = new HashMap<>(Map.of(
                "externalRef", externalRef,
                "currency", market.currency,
                "customer", customer(number % CUSTOMERS.size(), name),
                "items",
                        IntStream.rangeClosed(0, number % 2)
                                .mapToObj(line -> item(number, line, market))
                                .toList(),
                "shipping", Map.of("amount", 500, "taxRate", market.taxRate),
                "shippingAddress", market.address(name)));
        if (number % 4 == 0) {
            body.put("discounts", List.of(Map.of("description", "Welcome", "percent", "10")));
        }
        if (number % 5 == 0) {
            body.put("note", "Please ring twice.");
            body.put("metadata", Map.of("channel", "web", "campaign", "autumn"));
        }
        return body;
    }

    private static Map<String, Object> customer(int index, String name) {
        String firstName = name.split(" ")[0].toLowerCase(Locale.ROOT);
        return Map.of("id", "C-" + (100 + index), "name", name, "email", firstName + "@example.org");
    }

    private static Map<String, Object> item(int number, int line, Market market) {
        Article article = ARTICLES.get((number + line) % ARTICLES.size());
        return Map.of(
                "sku", article.sku,
                "name", article.name,
                "quantity", 2 + line,
                "unitPrice", article.minorUnits,
                "taxRate", market.taxRate);
    }

    private record Article(String sku, String name, int minorUnits) {}

    private record Market(
            String currency, String taxRate, String line1, String city, String postalCode, String country) {

        Map<String, Object> address(String name) {
            return Map.of("name", name, "line1", line1, "city", city, "postalCode", postalCode, "country", country);
        }
    }
}
