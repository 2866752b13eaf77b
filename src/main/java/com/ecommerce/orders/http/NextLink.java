package com.ecommerce.orders.http;

import com.ecommerce.orders.operation.OrderFilter;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderSort;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The value of the header {@code Link} for the next page (RFC 8288). It has the parsed query and the cursor. */
final class NextLink {

    /** The largest length of the link. Servers and proxies accept 8 KiB for all response headers together. */
    private static final int MAX_LENGTH = 4 * 1024;

    private final StringBuilder text;
    private char separator = '?';

    private NextLink(String path) {
        this.text = new StringBuilder("<").append(path);
    }

    /** Returns the link; empty if it is too long for a header. */
    static Optional<String> of(String path, OrderQuery query, String cursor) {
        NextLink link = new NextLink(path);
        link.add("limit", query.limit() == OrderQuery.DEFAULT_LIMIT ? null : query.limit());
        if (query.filter() != OrderFilter.ALL) {
            link.add(
                    "sort",
                    query.sort() == OrderSort.NEWEST_FIRST ? null : query.sort().text());
            link.add(query.filter());
        }
        link.add("cursor", cursor);
        String text = link.text.append(">; rel=\"next\"").toString();
        return text.length() > MAX_LENGTH ? Optional.empty() : Optional.of(text);
    }

    private void add(OrderFilter filter) {
        add("status", join(filter.statuses()));
        add("paymentStatus", join(filter.paymentStatuses()));
        add("fulfillmentStatus", join(filter.fulfillmentStatuses()));
        add("createdBy", filter.createdBy());
        add("customerId", filter.customerId());
        add("externalRef", filter.externalRef());
        add("createdFrom", filter.createdFrom());
        add("createdTo", filter.createdTo());
        add("updatedFrom", filter.updatedFrom());
        add("updatedTo", filter.updatedTo());
    }

    private static <E extends Enum<E>> @Nullable String join(Set<E> values) {
        return values.isEmpty()
                ? null
                : new TreeSet<>(values).stream().map(Enum::name).collect(Collectors.joining(","));
    }

    private void add(String name, @Nullable Object value) {
        if (value != null) {
            text.append(separator).append(name).append('=');
            text.append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
            separator = '&';
        }
    }
}
