package com.ecommerce.orders.json;

import static com.ecommerce.orders.json.SampleBodies.CARD;
import static com.ecommerce.orders.json.SampleBodies.assertViolation;
import static com.ecommerce.orders.json.SampleBodies.items;
import static com.ecommerce.orders.json.SampleBodies.json;
import static com.ecommerce.orders.json.SampleBodies.metadata;
import static com.ecommerce.orders.json.SampleBodies.value;
import static com.ecommerce.orders.json.SampleBodies.violations;
import static com.ecommerce.orders.json.SampleBodies.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.fulfillment.CancellationReason;
import com.ecommerce.orders.fulfillment.FulfillmentDetails;
import com.ecommerce.orders.fulfillment.ItemsCancellation;
import com.ecommerce.orders.fulfillment.LineQuantity;
import com.ecommerce.orders.fulfillment.NewFulfillment;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.operation.Violation.Code;
import com.ecommerce.orders.order.Address;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FulfillmentReaderTest {

    private static final String COMPLETE =
            "{'items':[{'lineNumber':2,'quantity':3},{'lineNumber':1,'quantity':999999}],"
                    + "'reference':'wh-1','carrier':'DHL','trackingNumber':'4242424242424242',"
                    + "'trackingUrl':'https://example.org/parcels/1','trackingStatus':'in transit',"
                    + "'estimatedDeliveryAt':'2026-02-03T12:00:00.000000Z','location':'Leipzig','metadata':{'b':'1','a':'2'},"
                    + "'address':{'name':'Ada','line1':'1 Main St','city':'Berlin','postalCode':'10115','country':'DE'}}";
    private static final String CANCELLATION =
            "{'items':[{'lineNumber':1,'quantity':2}],'reason':'INVENTORY','note':'out of stock'}";
    private static final FulfillmentDetails DETAILS = new FulfillmentDetails(
            "DHL",
            "4242424242424242",
            "https://example.org/parcels/1",
            "in transit",
            Instant.parse("2026-02-03T12:00:00Z"),
            "Leipzig",
            Map.of("b", "1", "a", "2"));

    @Test
    void readsEveryField() {
        assertThat(FulfillmentReader.readNew(json(COMPLETE)))
                .isEqualTo(new NewFulfillment(
                        List.of(new LineQuantity(2, 3), new LineQuantity(1, 999_999)),
                        "wh-1",
                        DETAILS,
                        new Address("Ada", "1 Main St", null, "Berlin", null, "10115", "DE")));
    }

    @Test
    void needsNoBodyToShipEverything() {
        NewFulfillment everything = new NewFulfillment(List.of(), null, FulfillmentDetails.NONE, null);

        assertThat(FulfillmentReader.readNew(null)).isEqualTo(everything);
        assertThat(FulfillmentReader.readNew(json("{}"))).isEqualTo(everything);
        assertThat(FulfillmentReader.readNew(json("{'items':null,'carrier':null,'metadata':null}")))
                .isEqualTo(everything);
    }

    @Test
    void writesWhatItReads() {
        assertThat(FulfillmentWriter.write(FulfillmentReader.readNew(json(COMPLETE))))
                .isEqualTo(COMPLETE.replace('\'', '"'));
        assertThat(FulfillmentWriter.write(FulfillmentReader.readNew(null))).isEqualTo("{}");
        assertThat(FulfillmentWriter.write(FulfillmentReader.readCancellation(json(CANCELLATION))))
                .isEqualTo(CANCELLATION.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "items | [] | /items | TOO_FEW",
                "items | {} | /items | WRONG_TYPE",
                "items | [7] | /items/0 | WRONG_TYPE",
                "items | [{'quantity':1}] | /items/0/lineNumber | REQUIRED",
                "items | [{'lineNumber':1}] | /items/0/quantity | REQUIRED",
                "items | [{'lineNumber':0,'quantity':1}] | /items/0/lineNumber | OUT_OF_RANGE",
                "items | [{'lineNumber':501,'quantity':1}] | /items/0/lineNumber | OUT_OF_RANGE",
                "items | [{'lineNumber':1,'quantity':0}] | /items/0/quantity | OUT_OF_RANGE",
                "items | [{'lineNumber':1,'quantity':1000000}] | /items/0/quantity | OUT_OF_RANGE",
                "items | [{'lineNumber':1,'quantity':1.5}] | /items/0/quantity | WRONG_TYPE",
                "items | [{'lineNumber':1,'quantity':1,'sku':'A'}] | /items/0/sku | UNKNOWN_FIELD",
                "items | [{'lineNumber':1,'quantity':1},{'lineNumber':1,'quantity':1}] | /items/1/lineNumber | TOO_MANY",
                "reference | ' ' | /reference | BLANK",
                "reference | '' | /reference | BLANK",
                "reference | 1 | /reference | WRONG_TYPE",
                "trackingUrl | 'http://example.org/1' | /trackingUrl | BAD_FORMAT",
                "trackingUrl | '/parcels/1' | /trackingUrl | BAD_FORMAT",
                "trackingUrl | 'https:example.org' | /trackingUrl | BAD_FORMAT",
                "trackingUrl | 'https://' | /trackingUrl | BAD_FORMAT",
                "trackingUrl | 'https://example.org/a b' | /trackingUrl | BAD_FORMAT",
                "trackingUrl | '' | /trackingUrl | BAD_FORMAT",
                "trackingUrl | 'javascript:alert(1)' | /trackingUrl | BAD_FORMAT",
                "estimatedDeliveryAt | '2026-02-03' | /estimatedDeliveryAt | BAD_FORMAT",
                "estimatedDeliveryAt | '1969-12-31T23:59:59Z' | /estimatedDeliveryAt | OUT_OF_RANGE",
                "address | {'name':'Ada','line1':'1','city':'B','postalCode':'1','country':'XX'} | /address/country | BAD_FORMAT",
                "metadata | {'a':1} | /metadata/a | WRONG_TYPE",
                "metadata | {'a':'4242424242424242'} | /metadata/a | BAD_FORMAT",
                "status | 'SHIPPED' | /status | NOT_CHANGEABLE",
                "id | 'x' | /id | NOT_CHANGEABLE",
                "note | 'x' | /note | UNKNOWN_FIELD"
            })
    void refuses(String field, String value, String pointer, Code code) {
        assertViolation(() -> FulfillmentReader.readNew(with(COMPLETE, field, value)), pointer, code);
    }

    @ParameterizedTest
    @CsvSource({
        "reference, 100",
        "carrier, 100",
        "trackingNumber, 200",
        "trackingStatus, 50",
        "location, 100",
        "trackingUrl, 2000"
    })
    void limitsTheLengthOf(String field, int limit) {
        String longest = field.equals("trackingUrl") ? "https://a.example/" : "";
        longest = longest + "x".repeat(limit - longest.length());

        assertThat(FulfillmentReader.readNew(with("{}", field, "'" + longest + "'")))
                .isNotNull();
        String tooLong = "'" + longest + "x'";
        assertViolation(() -> FulfillmentReader.readNew(with("{}", field, tooLong)), "/" + field, Code.TOO_LONG);
    }

    @Test
    void limitsTheNumberOfItemsAndOfMetadata() {
        assertThat(FulfillmentReader.readNew(with("{}", "items", items(500, "'quantity':1")))
                        .items())
                .hasSize(500);
        assertViolation(
                () -> FulfillmentReader.readNew(with("{}", "items", items(501, "'quantity':1"))),
                "/items",
                Code.TOO_MANY);
        assertViolation(
                () -> FulfillmentReader.readNew(with("{}", "metadata", metadata(51))), "/metadata", Code.TOO_MANY);
    }

    @Test
    void reportsAllViolationsTogether() {
        JsonNode body = json("{'items':[{}],'reference':'','trackingUrl':'x','estimatedDeliveryAt':'x','address':{},"
                + "'metadata':{'a':1},'more':1}");

        assertThat(violations(() -> FulfillmentReader.readNew(body)))
                .extracting(Violation::pointer)
                .containsExactly(
                        "/items/0/lineNumber",
                        "/items/0/quantity",
                        "/reference",
                        "/trackingUrl",
                        "/estimatedDeliveryAt",
                        "/metadata/a",
                        "/address/name",
                        "/address/line1",
                        "/address/city",
                        "/address/postalCode",
                        "/address/country",
                        "/more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "null", "'x'"})
    void refusesABodyThatIsNoObject(String body) {
        assertThat(violations(() -> FulfillmentReader.readNew(value(body))))
                .extracting(Violation::code)
                .contains(Code.WRONG_TYPE);
        assertThat(violations(() -> FulfillmentReader.readCancellation(value(body))))
                .extracting(Violation::code)
                .contains(Code.WRONG_TYPE);
        assertThat(violations(() -> FulfillmentReader.readPatch(value(body))))
                .extracting(Violation::code)
                .contains(Code.WRONG_TYPE);
    }

    @Test
    void patchesTheDetailsOfAFulfillment() {
        assertThat(patched("{'trackingStatus':'delivered','location':null,'metadata':{'a':null,'c':'3'}}"))
                .isEqualTo(new FulfillmentDetails(
                        "DHL",
                        "4242424242424242",
                        "https://example.org/parcels/1",
                        "delivered",
                        Instant.parse("2026-02-03T12:00:00Z"),
                        null,
                        Map.of("b", "1", "c", "3")));
    }

    @Test
    void anEmptyPatchChangesNothing() {
        assertThat(patched("{}")).isEqualTo(DETAILS);
    }

    @Test
    void aPatchCanRemoveAllDetails() {
        assertThat(patched("{'carrier':null,'trackingNumber':null,'trackingUrl':null,'trackingStatus':null,"
                        + "'estimatedDeliveryAt':null,'location':null,'metadata':null}"))
                .isEqualTo(FulfillmentDetails.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'carrier':1} | /carrier | WRONG_TYPE",
                "{'trackingUrl':'ftp://example.org'} | /trackingUrl | BAD_FORMAT",
                "{'estimatedDeliveryAt':'soon'} | /estimatedDeliveryAt | BAD_FORMAT",
                "{'metadata':{'a':'4242424242424242'}} | /metadata/a | BAD_FORMAT",
                "{'metadata':'x'} | /metadata | WRONG_TYPE",
                "{'items':[]} | /items | NOT_CHANGEABLE",
                "{'reference':'x'} | /reference | NOT_CHANGEABLE",
                "{'address':{}} | /address | NOT_CHANGEABLE",
                "{'status':'DELIVERED'} | /status | NOT_CHANGEABLE",
                "{'note':'x'} | /note | UNKNOWN_FIELD"
            })
    void refusesAPatch(String patch, String pointer, Code code) {
        assertViolation(() -> FulfillmentReader.readPatch(value(patch)), pointer, code);
    }

    @Test
    void limitsTheMetadataAfterAPatch() {
        JsonNode many = value("{'metadata':" + metadata(49) + "}");

        assertViolation(() -> FulfillmentReader.readPatch(many).applyTo(fulfillment()), "/metadata", Code.TOO_MANY);
    }

    @Test
    void checksOnlyTheFieldsThatAPatchNames() {
        EntryDocument older = entry("{'trackingUrl':'http://example.org','carrier':'" + "x".repeat(101)
                + "','metadata':{'a':'4242424242424242'}}");

        FulfillmentDetails details = FulfillmentReader.readPatch(value("{'location':'Bonn','metadata':{'b':'1'}}"))
                .applyTo(older);

        assertThat(details.location()).isEqualTo("Bonn");
        assertThat(details.metadata()).isEqualTo(Map.of("a", "4242424242424242", "b", "1"));
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryReason(CancellationReason reason) {
        assertThat(FulfillmentReader.readCancellation(with(CANCELLATION, "reason", "'" + reason + "'")))
                .isEqualTo(new ItemsCancellation(List.of(new LineQuantity(1, 2)), reason, "out of stock"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "items | null | /items | REQUIRED",
                "items | [] | /items | TOO_FEW",
                "reason | null | /reason | REQUIRED",
                "reason | 'customer' | /reason | BAD_FORMAT",
                "note | 5 | /note | WRONG_TYPE",
                "credit | 5 | /credit | NOT_CHANGEABLE",
                "status | 'x' | /status | UNKNOWN_FIELD"
            })
    void refusesACancellation(String field, String value, String pointer, Code code) {
        assertViolation(() -> FulfillmentReader.readCancellation(with(CANCELLATION, field, value)), pointer, code);
    }

    @Test
    void refusesALongNoteAndACardNumberInIt() {
        assertViolation(
                () -> FulfillmentReader.readCancellation(with(CANCELLATION, "note", "'" + "x".repeat(501) + "'")),
                "/note",
                Code.TOO_LONG);
        assertThat(violations(() -> FulfillmentReader.readCancellation(with(CANCELLATION, "note", "'" + CARD + "'"))))
                .singleElement()
                .satisfies(violation -> assertThat(violation.detail())
                        .contains("must not contain a card number")
                        .doesNotContain("4242"));
    }

    private static FulfillmentDetails patched(String patch) {
        return FulfillmentReader.readPatch(value(patch)).applyTo(fulfillment());
    }

    private static EntryDocument fulfillment() {
        return entry(COMPLETE.replaceFirst("\\{", "{'id':'x','status':'SHIPPED',"));
    }

    private static EntryDocument entry(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return new EntryDocument(new OrderId(new UUID(0, 1)), Ledger.FULFILLMENTS, new UUID(0, 2), 3, bytes);
    }
}
