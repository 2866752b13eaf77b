package com.ecommerce.orders.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.operation.OrderFilter;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.operation.PaymentStatus;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.payment.TransactionReference;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
        "2026-01-31t12:00:00z, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00+00:00, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00-00:00, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.5+05:30, 2026-01-31T06:30:00.5Z",
        "2026-01-31T12:00:00-23:59, 2026-02-01T11:59:00Z",
        "2026-01-31T12:00:00+23:59, 2026-01-30T12:01:00Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00.000001Z, 0001-01-01T00:00:00.000001Z"
    })
    void readsEveryTimestampOfRfc3339(String text, Instant instant) {
        assertThat(createdTo(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00.1563174Z, 2026-01-31T12:00:00.156318Z",
        "2026-01-31T12:00:00.1563170Z, 2026-01-31T12:00:00.156317Z",
        "2026-01-31T12:00:00.156317000000000000000000001Z, 2026-01-31T12:00:00.156318Z",
        "2026-01-31T12:00:00.15631700000000000000000000Z, 2026-01-31T12:00:00.156317Z",
        "2026-01-31T23:59:59.9999999Z, 2026-02-01T00:00:00Z",
        "1969-12-31T23:59:59.9999991Z, 1970-01-01T00:00:00Z",
        "1969-12-31T23:59:58.0000001Z, 1969-12-31T23:59:58.000001Z"
    })
    void roundsWhatIsFinerThanAMicrosecondUpForEveryBound(String text, Instant instant) {
        for (String name : List.of("createdFrom", "createdTo", "updatedFrom", "updatedTo")) {
            OrderFilter filter = read(name + "=" + text).filter();

            assertThat(Arrays.asList(
                            filter.createdFrom(), filter.createdTo(), filter.updatedFrom(), filter.updatedTo()))
                    .filteredOn(Objects::nonNull)
                    .containsExactly(instant);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
        "2017-01-01T00:59:60.25+01:00, 2017-01-01T00:00:00.25Z",
        "1990-12-31T15:59:60-08:00, 1991-01-01T00:00:00Z"
    })
    void takesALeapSecondForTheNextSecond(String text, Instant instant) {
        assertThat(createdTo(text)).isEqualTo(instant);
    }

    /** Every order lies within this range, and a time outside can't be read again from its text. */
    @ParameterizedTest
    @CsvSource({
        "9999-12-31T23:59:59.9999999Z, 9999-12-31T23:59:59.999999Z",
        "9999-12-31T23:59:59-23:59, 9999-12-31T23:59:59.999999Z",
        "0000-01-01T00:00:00+23:59, 0000-01-01T00:00:00Z"
    })
    void keepsABoundWithinTheYearsOfRfc3339(String text, Instant instant) {
        assertThat(createdTo(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31",
                "2026-01-31T12:00Z",
                "2026-01-31T12Z",
                "2026-01-31T12:00:00",
                "2026-01-31T12:00:00+01",
                "2026-01-31T12:00:00+0100",
                "2026-01-31T12:00:00+01:00:00",
                "2026-01-31T12:00:00+24:00",
                "2026-01-31T12:00:00+01:60",
                "2026-01-31T12:00:00.Z",
                "2026-01-31T12:00:00,5Z",
                "2026-01-31 12:00:00Z",
                "2026-01-31T24:00:00Z",
                "2026-01-31T12:60:00Z",
                "2026-01-31T12:00:61Z",
                "2026-01-31T12:00:60Z",
                "2026-01-30T23:59:60Z",
                "2026-02-29T12:00:00Z",
                "2026-13-01T12:00:00Z",
                "2026-1-31T12:00:00Z",
                "26-01-31T12:00:00Z",
                "+2026-01-31T12:00:00Z",
                "-2026-01-31T12:00:00Z",
                "12026-01-31T12:00:00Z",
                "2026-W05-6T12:00:00Z",
                "2026-01-31T12:00:00Z[UTC]",
                "2026-01-31T12:00:00Z ",
                "\u0662\u0660\u0662\u0666-01-31T12:00:00Z",
                "now"
            })
    void refusesAnyOtherTimestamp(String text) {
        assertViolation("createdTo=" + text.replace("+", "%2B"), "?createdTo", Violation.Code.BAD_FORMAT);
    }

    @Test
    void readsStatusesInEitherForm() {
        assertThat(read("status=PLACED,CONFIRMED&status=CANCELLED").filter().statuses())
                .isEqualTo(Set.of(OrderStatus.PLACED, OrderStatus.CONFIRMED, OrderStatus.CANCELLED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"status=PLACED&status=PLACED", "status=PLACED,PLACED", "status=PLACED,CONFIRMED&status=PLACED"})
    void refusesAStatusThatIsGivenTwice(String query) {
        assertViolation(query, "?status", Violation.Code.TOO_MANY);
    }

    @Test
    void saysOnceWhatIsWrongWithAThousandStatuses() {
        assertViolation("status=" + "PLACED,".repeat(1_000) + "PLACED", "?status", Violation.Code.TOO_MANY);
        assertViolation("status=" + "x,".repeat(1_000) + "x", "?status", Violation.Code.BAD_FORMAT);
    }

    @Test
    void readsPaymentStatusesInEitherForm() {
        assertThat(read("paymentStatus=UNPAID,PARTIALLY_PAID&paymentStatus=PAID")
                        .filter()
                        .paymentStatuses())
                .isEqualTo(Set.of(PaymentStatus.UNPAID, PaymentStatus.PARTIALLY_PAID, PaymentStatus.PAID));
    }

    @Test
    void refusesAWrongPaymentStatus() {
        assertViolation("paymentStatus=PLACED", "?paymentStatus", Violation.Code.BAD_FORMAT);
        assertViolation("paymentStatus=PAID,PAID", "?paymentStatus", Violation.Code.TOO_MANY);
        assertViolation("paymentStatus=", "?paymentStatus", Violation.Code.BLANK);
    }

    @Test
    void listsAllValuesOfAStatus() {
        assertThatThrownBy(() -> read("status=x"))
                .isInstanceOfSatisfying(HttpProblemException.class, refusal -> assertThat(
                                refusal.document().detail())
                        .isEqualTo("status must be one or more of PLACED, CONFIRMED, COMPLETED and CANCELLED,"
                                + " each only once"));
    }

    @Test
    void readsAReferenceOfAProvider() {
        assertThat(reference("provider=stripe&reference=ch%201")).isEqualTo(new TransactionReference("stripe", "ch 1"));
    }

    @ParameterizedTest
    @CsvSource({
        "provider=stripe, ?reference, REQUIRED",
        "reference=ch_1, ?provider, REQUIRED",
        "provider=Stripe&reference=ch_1, ?provider, BAD_FORMAT",
        "provider=&reference=ch_1, ?provider, BLANK",
        "provider=stripe&reference=, ?reference, BLANK",
        "provider=stripe&reference=+, ?reference, BLANK",
        "provider=a&provider=b&reference=ch_1, ?provider, TOO_MANY",
        "provider=stripe&reference=ch_1&limit=1, ?limit, UNKNOWN_FIELD"
    })
    void refusesAReferenceThatIsNotComplete(String query, String pointer, Violation.Code code) {
        assertViolation(() -> reference(query), pointer, code);
    }

    @Test
    void refusesAReferenceThatIsTooLong() {
        assertThat(reference("provider=stripe&reference=" + "r".repeat(200))).isNotNull();
        assertViolation(
                () -> reference("provider=stripe&reference=" + "r".repeat(201)), "?reference", Violation.Code.TOO_LONG);
    }

    private static TransactionReference reference(String query) {
        return new QueryReader(new Parameters(UrlEncoding.decodeQuery(query), new ViolationCollector()))
                .readTransactionReference();
    }

    private static Instant createdTo(String text) {
        return Objects.requireNonNull(
                read("createdTo=" + text.replace("+", "%2B")).filter().createdTo());
    }

    private static OrderQuery read(String query) {
        return new QueryReader(new Parameters(UrlEncoding.decodeQuery(query), new ViolationCollector())).readOrders();
    }

    private static void assertViolation(String query, String pointer, Violation.Code code) {
        assertViolation(() -> read(query), pointer, code);
    }

    private static void assertViolation(ThrowingCallable read, String pointer, Violation.Code code) {
        assertThatThrownBy(read).isInstanceOfSatisfying(HttpProblemException.class, refusal -> {
            assertThat(refusal.document().violations()).hasSize(1);
            assertThat(refusal.document().violations().get(0).pointer()).isEqualTo(pointer);
            assertThat(refusal.document().violations().get(0).code()).isEqualTo(code);
        });
    }
}
