package com.ecommerce.orders.json;

import static com.ecommerce.orders.json.SampleBodies.CARD;
import static com.ecommerce.orders.json.SampleBodies.items;
import static com.ecommerce.orders.json.SampleBodies.json;
import static com.ecommerce.orders.json.SampleBodies.metadata;
import static com.ecommerce.orders.json.SampleBodies.violations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.operation.Violation.Code;
import com.ecommerce.orders.payment.NewTransaction;
import com.ecommerce.orders.payment.PaymentMethod;
import com.ecommerce.orders.payment.Settlement;
import com.ecommerce.orders.payment.TransactionItem;
import com.ecommerce.orders.payment.TransactionKind;
import com.ecommerce.orders.payment.TransactionState;
import com.ecommerce.orders.pricing.Money;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class TransactionReaderTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);
    private static final String ID = "019ab3c9-4f21-7b63-8d05-1e6a7c2b9f40";

    private static final String MINIMAL =
            "{'kind':'REFUND','amount':1000,'currency':'USD','provider':'stripe','reference':'re_1'}";
    private static final String COMPLETE =
            "{'transactionId':'" + ID + "','kind':'REFUND','state':'FAILED','amount':1000,"
                    + "'currency':'USD','provider':'stripe','reference':'re_1','payment':'pi_1',"
                    + "'method':{'type':'card','brand':'visa','last4':'4242'},'items':[{'lineNumber':2,'amount':600},"
                    + "{'lineNumber':1,'amount':0}],'shippingAmount':400,'allowance':100,'returnId':'" + ID + "',"
                    + "'reason':'damaged','occurredAt':'2026-01-31T12:00:00.000000Z','observed':true,"
                    + "'metadata':{'b':'1','a':'2'},'failureReason':'declined'}";

    @Test
    void readsTheRequiredFieldsAlone() {
        assertThat(readNew(json(MINIMAL)))
                .isEqualTo(new NewTransaction(
                        null,
                        TransactionKind.REFUND,
                        TransactionState.SUCCEEDED,
                        new Money(1000),
                        "USD",
                        "stripe",
                        "re_1",
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        Map.of(),
                        null));
    }

    @Test
    void readsEveryField() {
        assertThat(readNew(json(COMPLETE)))
                .isEqualTo(new NewTransaction(
                        UUID.fromString(ID),
                        TransactionKind.REFUND,
                        TransactionState.FAILED,
                        new Money(1000),
                        "USD",
                        "stripe",
                        "re_1",
                        "pi_1",
                        new PaymentMethod("card", "visa", "4242"),
                        List.of(new TransactionItem(2, new Money(600)), new TransactionItem(1, new Money(0))),
                        new Money(400),
                        new Money(100),
                        UUID.fromString(ID),
                        "damaged",
                        Instant.parse("2026-01-31T12:00:00Z"),
                        true,
                        Map.of("b", "1", "a", "2"),
                        "declined"));
    }

    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, COMPLETE})
    void isTheReverseOfTheWriter(String body) {
        NewTransaction transaction = readNew(json(body));
        String written = TransactionWriter.write(transaction);

        assertThat(readNew(StrictJson.readTrusted(written))).isEqualTo(transaction);
    }

    @Test
    void writesWhatItReads() {
        assertThat(TransactionWriter.write(readNew(json(COMPLETE)))).isEqualTo(COMPLETE.replace('\'', '"'));
        assertThat(TransactionWriter.write(readNew(json(MINIMAL))))
                .isEqualTo(MINIMAL.replace('\'', '"').replace("\"amount\"", "\"state\":\"SUCCEEDED\",\"amount\""));
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryKind(TransactionKind kind) {
        assertThat(readNew(with("kind", "'" + kind + "'")).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryState(TransactionState state) {
        assertThat(readNew(with("state", "'" + state + "'")).state()).isEqualTo(state);
    }

    @Test
    void needsNoReferenceWhileThePaymentIsPending() {
        ObjectNode body = with("state", "'PENDING'");
        body.remove("reference");

        assertThat(readNew(body).reference()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUCCEEDED", "FAILED"})
    void needsAReferenceAfterThat(String state) {
        ObjectNode body = with("state", "'" + state + "'");
        body.remove("reference");

        assertViolation(body, "/reference", Code.REQUIRED);
        body.putNull("reference");
        assertViolation(body, "/reference", Code.REQUIRED);
        body.remove("state");
        assertViolation(body, "/reference", Code.REQUIRED);
    }

    @Test
    void asksForNoReferenceIfTheStateIsWrong() {
        ObjectNode body = with("state", "'DONE'");
        body.remove("reference");

        assertViolation(body, "/state", Code.BAD_FORMAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind", "amount", "currency", "provider"})
    void requires(String field) {
        ObjectNode body = json(MINIMAL);
        body.remove(field);

        assertViolation(body, "/" + field, Code.REQUIRED);
        body.putNull(field);
        assertViolation(body, "/" + field, Code.REQUIRED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "kind | 'PAYMENT' | BAD_FORMAT",
                "kind | 'refund' | BAD_FORMAT",
                "kind | '' | BLANK",
                "kind | 1 | WRONG_TYPE",
                "state | 'DONE' | BAD_FORMAT",
                "state | true | WRONG_TYPE",
                "amount | 0 | OUT_OF_RANGE",
                "amount | -1 | OUT_OF_RANGE",
                "amount | 9007199254740992 | OUT_OF_RANGE",
                "amount | 99999999999999999999 | OUT_OF_RANGE",
                "amount | 10.5 | WRONG_TYPE",
                "amount | 1e3 | WRONG_TYPE",
                "amount | '1000' | WRONG_TYPE",
                "currency | 'usd' | BAD_FORMAT",
                "currency | 'US' | BAD_FORMAT",
                "currency | 'USDX' | BAD_FORMAT",
                "currency | 'U$D' | BAD_FORMAT",
                "currency | 840 | WRONG_TYPE",
                "provider | '' | BLANK",
                "provider | 'Stripe' | BAD_FORMAT",
                "provider | '-stripe' | BAD_FORMAT",
                "provider | 'my provider' | BAD_FORMAT",
                "provider | 'stripe\\n' | BAD_FORMAT",
                "provider | 5 | WRONG_TYPE",
                "reference | '' | BLANK",
                "reference | '  ' | BLANK",
                "reference | 7 | WRONG_TYPE",
                "payment | '' | BLANK",
                "payment | ' ' | BLANK",
                "payment | {} | WRONG_TYPE",
                "method | 'card' | WRONG_TYPE",
                "items | {} | WRONG_TYPE",
                "items | [] | TOO_FEW",
                "shippingAmount | -1 | OUT_OF_RANGE",
                "shippingAmount | 9007199254740992 | OUT_OF_RANGE",
                "shippingAmount | 0.5 | WRONG_TYPE",
                "allowance | -1 | OUT_OF_RANGE",
                "allowance | 1001 | OUT_OF_RANGE",
                "allowance | '1' | WRONG_TYPE",
                "returnId | '417' | BAD_FORMAT",
                "returnId | 417 | WRONG_TYPE",
                "transactionId | '1-2-3-4-5' | BAD_FORMAT",
                "transactionId | '' | BAD_FORMAT",
                "transactionId | {} | WRONG_TYPE",
                "reason | 1 | WRONG_TYPE",
                "occurredAt | '' | BAD_FORMAT",
                "occurredAt | 'yesterday' | BAD_FORMAT",
                "occurredAt | '2026-01-31' | BAD_FORMAT",
                "occurredAt | '2026-01-31T12:00:00' | BAD_FORMAT",
                "occurredAt | '2026-02-30T12:00:00Z' | BAD_FORMAT",
                "occurredAt | 1769860800 | WRONG_TYPE",
                "occurredAt | '2026-01-31T12:05:00.000001Z' | OUT_OF_RANGE",
                "occurredAt | '2026-01-31T12:00:00-01:00' | OUT_OF_RANGE",
                "occurredAt | '1969-12-31T23:59:59.999999Z' | OUT_OF_RANGE",
                "observed | 'true' | WRONG_TYPE",
                "observed | 1 | WRONG_TYPE",
                "metadata | [] | WRONG_TYPE",
                "failureReason | 'declined' | NOT_CHANGEABLE",
                "colour | 1 | UNKNOWN_FIELD",
                "id | '1' | NOT_CHANGEABLE",
                "orderId | '1' | NOT_CHANGEABLE",
                "createdBy | '1' | NOT_CHANGEABLE",
                "createdByEmail | '1' | NOT_CHANGEABLE",
                "createdAt | '1' | NOT_CHANGEABLE",
                "updatedAt | '1' | NOT_CHANGEABLE"
            })
    void refuses(String field, String value, Code code) {
        assertViolation(with(field, value), "/" + field, code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "method | {} | /method/type | REQUIRED",
                "method | {'type':' '} | /method/type | BLANK",
                "method | {'type':1} | /method/type | WRONG_TYPE",
                "method | {'type':'card','brand':1} | /method/brand | WRONG_TYPE",
                "method | {'type':'card','last4':'424'} | /method/last4 | BAD_FORMAT",
                "method | {'type':'card','last4':'42424'} | /method/last4 | BAD_FORMAT",
                "method | {'type':'card','last4':'424x'} | /method/last4 | BAD_FORMAT",
                "method | {'type':'card','last4':4242} | /method/last4 | WRONG_TYPE",
                "method | {'type':'card','number':'1'} | /method/number | UNKNOWN_FIELD",
                "items | [1] | /items/0 | WRONG_TYPE",
                "items | [{'amount':1}] | /items/0/lineNumber | REQUIRED",
                "items | [{'lineNumber':1}] | /items/0/amount | REQUIRED",
                "items | [{'lineNumber':0,'amount':1}] | /items/0/lineNumber | OUT_OF_RANGE",
                "items | [{'lineNumber':501,'amount':1}] | /items/0/lineNumber | OUT_OF_RANGE",
                "items | [{'lineNumber':1,'amount':-1}] | /items/0/amount | OUT_OF_RANGE",
                "items | [{'lineNumber':1,'amount':1,'sku':'A'}] | /items/0/sku | UNKNOWN_FIELD",
                "items | [{'lineNumber':1,'amount':1},{'lineNumber':1,'amount':2}] | /items/1/lineNumber | TOO_MANY",
                "metadata | {'a':1} | /metadata/a | WRONG_TYPE",
                "metadata | {'':'x'} | /metadata/ | TOO_LONG"
            })
    void refusesInside(String field, String value, String pointer, Code code) {
        assertViolation(with(field, value), pointer, code);
    }

    static List<Arguments> lengths() {
        return List.of(
                Arguments.of("reference", "'%s'", 200, "/reference"),
                Arguments.of("payment", "'%s'", 200, "/payment"),
                Arguments.of("method", "{'type':'%s'}", 50, "/method/type"),
                Arguments.of("method", "{'type':'card','brand':'%s'}", 50, "/method/brand"),
                Arguments.of("reason", "'%s'", 500, "/reason"),
                Arguments.of("metadata", "{'a':'%s'}", 500, "/metadata/a"));
    }

    /** A length counts characters of Unicode, not of UTF-16. */
    @ParameterizedTest
    @MethodSource("lengths")
    void limitsTheLengthOf(String field, String value, int max, String pointer) {
        String longest = "\uD83D\uDE00".repeat(max);

        assertThat(readNew(with(field, value.formatted(longest)))).isNotNull();
        assertViolation(with(field, value.formatted(longest + "x")), pointer, Code.TOO_LONG);
    }

    @Test
    void limitsTheLengthOfAProvider() {
        assertThat(readNew(with("provider", "'" + "a".repeat(50) + "'"))).isNotNull();
        assertViolation(with("provider", "'" + "a".repeat(51) + "'"), "/provider", Code.BAD_FORMAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "pay.pal_eu-1"})
    void acceptsAProvider(String provider) {
        assertThat(readNew(with("provider", "'" + provider + "'")).provider()).isEqualTo(provider);
    }

    @Test
    void limitsTheLengthOfAFailureReason() {
        ObjectNode body = with("state", "'FAILED'");
        body.put("failureReason", "x".repeat(500));
        assertThat(readNew(body).failureReason()).hasSize(500);

        body.put("failureReason", "x".repeat(501));
        assertViolation(body, "/failureReason", Code.TOO_LONG);
    }

    @Test
    void limitsTheNumberOfItems() {
        assertThat(readNew(with("items", items(500, "'amount':0"))).items()).hasSize(500);
        assertViolation(with("items", items(501, "'amount':0")), "/items", Code.TOO_MANY);
    }

    @Test
    void limitsTheNumberAndTheLengthOfKeysInMetadata() {
        assertThat(readNew(with("metadata", metadata(50))).metadata()).hasSize(50);
        assertViolation(with("metadata", metadata(51)), "/metadata", Code.TOO_MANY);
        String longest = "k".repeat(40);
        assertThat(readNew(with("metadata", "{'" + longest + "':''}")).metadata())
                .isEqualTo(Map.of(longest, ""));
        assertViolation(with("metadata", "{'" + longest + "k':''}"), "/metadata/" + longest + "k", Code.TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 9_007_199_254_740_991L})
    void acceptsAnAmount(long amount) {
        assertThat(readNew(with("amount", Long.toString(amount))).amount()).isEqualTo(new Money(amount));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1000})
    void acceptsAnAllowanceUpToTheAmount(long allowance) {
        assertThat(readNew(with("allowance", Long.toString(allowance))).allowance())
                .isEqualTo(new Money(allowance));
    }

    @ParameterizedTest
    @EnumSource(names = "REFUND", mode = EnumSource.Mode.EXCLUDE)
    void refusesAnAllowanceOfAnyOtherKind(TransactionKind kind) {
        ObjectNode body = with("kind", "'" + kind + "'");
        body.put("allowance", 0);

        assertViolation(body, "/allowance", Code.NOT_CHANGEABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:05:00Z, 2026-01-31T12:05:00Z",
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "2026-01-31T14:00:00+02:00, 2026-01-31T12:00:00Z",
        "2026-01-31t11:59:59.1234561z, 2026-01-31T11:59:59.123457Z"
    })
    void acceptsATime(String text, Instant time) {
        assertThat(readNew(with("occurredAt", "'" + text + "'")).occurredAt()).isEqualTo(time);
    }

    @Test
    void comparesATimeWithTheClockOfTheServer() {
        Instant now = Instant.now();

        assertThat(TransactionReader.read(Operation.RECORD_TRANSACTION, with("occurredAt", "'" + now + "'")))
                .isNotNull();
        ObjectNode late = with("occurredAt", "'" + now.plusSeconds(3600) + "'");
        assertThat(violations(() -> TransactionReader.read(Operation.RECORD_TRANSACTION, late)))
                .extracting(Violation::pointer)
                .containsExactly("/occurredAt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUCCEEDED", "PENDING"})
    void refusesAFailureReasonOfATransactionThatHasNotFailed(String state) {
        ObjectNode body = with("state", "'" + state + "'");
        body.put("failureReason", "declined");

        assertViolation(body, "/failureReason", Code.NOT_CHANGEABLE);
    }

    @Test
    void refusesCardNumbersWithoutRepeatingThem() {
        ObjectNode body = with("state", "'FAILED'");
        body.put("reason", "paid by " + CARD);
        body.put("failureReason", CARD);
        body.putObject("metadata").put("a/b", CARD).put("c", "fine");

        List<Violation> violations = violations(() -> readNew(body));

        assertThat(violations)
                .extracting(Violation::pointer)
                .containsExactly("/reason", "/metadata/a~1b", "/failureReason");
        assertThat(violations).allSatisfy(violation -> {
            assertThat(violation.code()).isEqualTo(Code.BAD_FORMAT);
            assertThat(violation.detail()).doesNotContain("4242").contains("must not contain a card number");
        });
    }

    @Test
    void reportsAllViolationsTogether() {
        ObjectNode body = json("{'state':'DONE','amount':0,'currency':'x','provider':'X','method':{},'items':[{}],"
                + "'occurredAt':'1969-01-01T00:00:00Z','observed':0,'metadata':{'a':1},'more':1}");

        assertThat(violations(() -> readNew(body)))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder(
                        "/kind",
                        "/state",
                        "/amount",
                        "/currency",
                        "/provider",
                        "/method/type",
                        "/items/0/lineNumber",
                        "/items/0/amount",
                        "/occurredAt",
                        "/observed",
                        "/metadata/a",
                        "/more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "null", "'x'"})
    void refusesABodyThatIsNoObject(String body) {
        JsonNode value = StrictJson.readTrusted(body.replace('\'', '"'));

        assertThat(violations(() -> TransactionReader.readNewTransaction(value, CLOCK)))
                .extracting(Violation::code)
                .contains(Code.WRONG_TYPE);
    }

    @ParameterizedTest
    @EnumSource(names = {"RECORD_TRANSACTION", "SETTLE_TRANSACTION"})
    void needsABody(Operation operation) {
        assertThat(violations(() -> OrderReader.read(operation, null)))
                .extracting(Violation::code)
                .containsExactly(Code.REQUIRED);
    }

    @Test
    void treatsNullAsAbsent() {
        ObjectNode body = json(MINIMAL);
        for (String optional : List.of(
                "transactionId",
                "state",
                "payment",
                "method",
                "items",
                "shippingAmount",
                "allowance",
                "returnId",
                "reason",
                "occurredAt",
                "observed",
                "metadata",
                "failureReason")) {
            body.putNull(optional);
        }
        assertThat(readNew(body)).isEqualTo(readNew(json(MINIMAL)));
    }

    @Test
    void readsASettlement() {
        assertThat(settle("{'state':'SUCCEEDED','reference':'re_1'}"))
                .isEqualTo(new Settlement(TransactionState.SUCCEEDED, "re_1", null));
        assertThat(settle("{'state':'FAILED','failureReason':'declined'}"))
                .isEqualTo(new Settlement(TransactionState.FAILED, null, "declined"));
        assertThat(settle("{'state':'PENDING'}")).isEqualTo(new Settlement(TransactionState.PENDING, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | /state | REQUIRED",
                "{'state':null} | /state | REQUIRED",
                "{'state':'DONE'} | /state | BAD_FORMAT",
                "{'state':'SUCCEEDED','reference':''} | /reference | BLANK",
                "{'state':'SUCCEEDED','reference':1} | /reference | WRONG_TYPE",
                "{'state':'SUCCEEDED','failureReason':'x'} | /failureReason | NOT_CHANGEABLE",
                "{'state':'PENDING','failureReason':'x'} | /failureReason | NOT_CHANGEABLE",
                "{'state':'FAILED','failureReason':1} | /failureReason | WRONG_TYPE",
                "{'state':'FAILED','failureReason':'4242424242424242'} | /failureReason | BAD_FORMAT",
                "{'state':'FAILED','amount':1} | /amount | UNKNOWN_FIELD"
            })
    void refusesASettlement(String body, String pointer, Code code) {
        assertThat(violations(() -> settle(body)))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple(pointer, code));
    }

    @Test
    void limitsTheLengthsInASettlement() {
        assertThat(settle("{'state':'FAILED','reference':'" + "r".repeat(200) + "','failureReason':'" + "f".repeat(500)
                        + "'}"))
                .isNotNull();
        assertThat(violations(() -> settle("{'state':'FAILED','reference':'" + "r".repeat(201) + "','failureReason':'"
                        + "f".repeat(501) + "'}")))
                .extracting(Violation::code)
                .containsExactly(Code.TOO_LONG, Code.TOO_LONG);
    }

    private static Settlement settle(String body) {
        return (Settlement) TransactionReader.read(Operation.SETTLE_TRANSACTION, json(body));
    }

    private static NewTransaction readNew(JsonNode body) {
        return TransactionReader.readNewTransaction(body, CLOCK);
    }

    private static ObjectNode with(String field, String value) {
        return SampleBodies.with(MINIMAL, field, value);
    }

    private static void assertViolation(JsonNode body, String pointer, Code code) {
        SampleBodies.assertViolation(() -> readNew(body), pointer, code);
    }
}
