package com.ecommerce.orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.KeysetPosition;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerPosition;
import com.ecommerce.orders.operation.OrderEventPosition;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.Page;
import com.ecommerce.orders.operation.View;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseWriterTest {

    private static final Pattern LINK = Pattern.compile("</orders\\?(.*)>; rel=\"next\"");
    private static final OrderId ID = new OrderId(new UUID(0x0193b7a000007000L, 0x8000000000000000L));
    private static final UUID ENTRY = new UUID(0x0193b7a000007000L, 0x8000000000000001L);
    private static final int MAX_LINK = 4096;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "limit=1",
                "limit=0005000",
                "sort=-createdAt",
                "sort=updatedAt&limit=3",
                "paymentStatus=PAID&status=PLACED&paymentStatus=UNPAID",
                "status=CANCELLED,PLACED&status=CONFIRMED",
                "customerId=a%20b%26c%3D%22%3E%C3%A4%0D%0A&externalRef=%2B&createdBy=%E2%82%AC",
                "createdFrom=2026-01-31t12:00:00.1234567%2B01:00&createdTo=9999-12-31T23:59:59-23:59",
                "updatedFrom=0000-01-01T00:00:00%2B23:59&updatedTo=2016-12-31T23:59:60Z"
            })
    void linksToTheSameQueryWithTheCursor(String parameters) {
        OrderQuery query = read(parameters);

        ApiResponse response = page(parameters, query);

        Matcher link = LINK.matcher(response.headers().get("Link"));
        assertThat(link.matches()).isTrue();
        OrderQuery next = read(link.group(1));
        assertThat(next.after()).isEqualTo(new KeysetPosition(Instant.EPOCH, ID));
        assertThat(new OrderQuery(next.limit(), next.filter(), next.sort(), null, 0))
                .isEqualTo(query);
    }

    @Test
    void linksToTheNextEvents() {
        String path = "/orders/" + ID + "/events";
        ApiRequest request = new ApiRequest("GET", path, UrlEncoding.decodeQuery("limit=2"), Map.of(), new byte[0]);
        OrderQuery query = new QueryReader(new Parameters(request.query(), new ViolationCollector())).readEvents(ID);

        ApiResponse response =
                new ResponseWriter(request, query).page(new Page(List.of(), new OrderEventPosition(ID, 7)));

        assertThat(response.headers().get("Link"))
                .isEqualTo("<" + path + "?limit=2&cursor=" + Cursor.write(ID, 7) + ">; rel=\"next\"");
    }

    @Test
    void linksToTheNextEntriesOfALedger() {
        String path = "/orders/" + ID + "/transactions";
        ApiRequest request = new ApiRequest("GET", path, UrlEncoding.decodeQuery("limit=2"), Map.of(), new byte[0]);
        OrderQuery query = new QueryReader(new Parameters(request.query(), new ViolationCollector()))
                .readLedger(ID, Ledger.TRANSACTIONS);
        Page page = new Page(List.of(), new LedgerPosition(ID, Ledger.TRANSACTIONS, 7));

        ApiResponse response = new ResponseWriter(request, query).page(page);

        assertThat(response.headers().get("Link"))
                .isEqualTo("<" + path + "?limit=2&cursor=" + Cursor.write(ID, "transactions", 7) + ">; rel=\"next\"");
    }

    @Test
    void namesTheOrdersVersionAndThePathOfANewEntry() {
        ApiResponse response = view(new View(entry(4), View.Result.CREATED, View.Delivery.CURRENT));

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers())
                .isEqualTo(Map.of(
                        "Content-Type",
                        "application/json",
                        "Order-ETag",
                        "\"4\"",
                        "Location",
                        "/orders/" + ID + "/transactions/" + ENTRY));
    }

    @Test
    void namesTheOrdersVersionInAReplayAndInADryRun() {
        ApiResponse replay = view(new View(entry(4), View.Result.CREATED, View.Delivery.REPLAYED));
        ApiResponse dryRun = view(new View(entry(5), View.Result.CREATED, View.Delivery.DRY_RUN));

        assertThat(replay.status()).isEqualTo(201);
        assertThat(replay.headers())
                .containsEntry("Order-ETag", "\"4\"")
                .containsEntry("Idempotent-Replayed", "true")
                .containsKey("Location");
        assertThat(dryRun.status()).isEqualTo(200);
        assertThat(dryRun.headers())
                .containsEntry("Order-ETag", "\"5\"")
                .containsEntry("Dry-Run", "true")
                .doesNotContainKey("Location");
    }

    @Test
    void showsAnEntryThatWasReadWithoutAnyTag() {
        ApiResponse response = view(View.of(entry(null)));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).isEqualTo(Map.of("Content-Type", "application/json"));
        assertThat(response.body()).isEqualTo(new byte[] {'{', '}'});
    }

    private static ApiResponse view(View view) {
        ApiRequest request = new ApiRequest("POST", "/orders", List.of(), Map.of(), new byte[0]);
        return new ResponseWriter(request, OrderQuery.FIRST_PAGE).view(view);
    }

    private static EntryDocument entry(@Nullable Integer orderVersion) {
        return new EntryDocument(ID, Ledger.TRANSACTIONS, ENTRY, orderVersion, new byte[] {'{', '}'});
    }

    @Test
    void leavesOutALinkThatIsTooLongForAHeader() {
        String longest = "customerId=" + "%F0%9F%98%80".repeat(200) + "&createdBy=" + "a".repeat(1_400);

        ApiResponse fits = page(longest, read(longest));
        ApiResponse response = page(longest + "a".repeat(300), read(longest + "a".repeat(300)));

        assertThat(fits.headers().get("Link")).hasSizeBetween(MAX_LINK - 300, MAX_LINK);
        assertThat(response.headers()).doesNotContainKey("Link");
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("\"nextCursor\":\"");
    }

    private static ApiResponse page(String parameters, OrderQuery query) {
        ApiRequest request =
                new ApiRequest("GET", "/orders", UrlEncoding.decodeQuery(parameters), Map.of(), new byte[0]);
        return new ResponseWriter(request, query).page(new Page(List.of(), new KeysetPosition(Instant.EPOCH, ID)));
    }

    private static OrderQuery read(String parameters) {
        return new QueryReader(new Parameters(UrlEncoding.decodeQuery(parameters), new ViolationCollector()))
                .readOrders();
    }
}
