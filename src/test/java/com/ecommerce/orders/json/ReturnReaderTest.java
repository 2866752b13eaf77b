package com.ecommerce.orders.json;

import static com.ecommerce.orders.json.SampleBodies.CARD;
import static com.ecommerce.orders.json.SampleBodies.assertViolation;
import static com.ecommerce.orders.json.SampleBodies.items;
import static com.ecommerce.orders.json.SampleBodies.json;
import static com.ecommerce.orders.json.SampleBodies.value;
import static com.ecommerce.orders.json.SampleBodies.violations;
import static com.ecommerce.orders.json.SampleBodies.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.operation.Violation.Code;
import com.ecommerce.orders.pricing.Money;
import com.ecommerce.orders.returns.Disposition;
import com.ecommerce.orders.returns.NewReceipt;
import com.ecommerce.orders.returns.NewReceiptItem;
import com.ecommerce.orders.returns.NewReturn;
import com.ecommerce.orders.returns.NewReturnItem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnReaderTest {

    private static final String RETURN =
            "{'items':[{'lineNumber':2,'quantity':3,'reason':'too small'},{'lineNumber':1,'quantity':1}],'note':'late'}";
    private static final String RECEIPT =
            "{'items':[{'lineNumber':2,'quantity':3,'disposition':'DISCARD','fee':250},{'lineNumber':1,'quantity':1,"
                    + "'disposition':'RESTOCK','fee':0}]}";

    @Test
    void readsEveryFieldOfAReturn() {
        assertThat(ReturnReader.readNew(json(RETURN)))
                .isEqualTo(new NewReturn(
                        List.of(new NewReturnItem(2, 3, "too small"), new NewReturnItem(1, 1, null)), "late"));
    }

    @Test
    void readsEveryFieldOfAReceipt() {
        assertThat(ReturnReader.readReceipt(json(RECEIPT)))
                .isEqualTo(new NewReceipt(List.of(
                        new NewReceiptItem(2, 3, Disposition.DISCARD, new Money(250)),
                        new NewReceiptItem(1, 1, Disposition.RESTOCK, new Money(0)))));
    }

    @Test
    void takesNoFeeUnlessTheBodyHasOne() {
        String items = "[{'lineNumber':1,'quantity':1,'disposition':'RESTOCK'}]";

        assertThat(ReturnReader.readReceipt(with("{}", "items", items)).items())
                .containsExactly(new NewReceiptItem(1, 1, Disposition.RESTOCK, new Money(0)));
    }

    @Test
    void writesWhatItReads() {
        assertThat(ReturnWriter.write(ReturnReader.readNew(json(RETURN)))).isEqualTo(RETURN.replace('\'', '"'));
        assertThat(ReturnWriter.write(ReturnReader.readReceipt(json(RECEIPT)))).isEqualTo(RECEIPT.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "items | null | /items | REQUIRED",
                "items | [] | /items | TOO_FEW",
                "items | [{'lineNumber':1}] | /items/0/quantity | REQUIRED",
                "items | [{'lineNumber':1,'quantity':0}] | /items/0/quantity | OUT_OF_RANGE",
                "items | [{'lineNumber':1,'quantity':1},{'lineNumber':1,'quantity':1}] | /items/1/lineNumber | TOO_MANY",
                "items | [{'lineNumber':1,'quantity':1,'reason':5}] | /items/0/reason | WRONG_TYPE",
                "items | [{'lineNumber':1,'quantity':1,'reason':'4242424242424242'}] | /items/0/reason | BAD_FORMAT",
                "items | [{'lineNumber':1,'quantity':1,'fee':5}] | /items/0/fee | UNKNOWN_FIELD",
                "note | '4242424242424242' | /note | BAD_FORMAT",
                "status | 'CLOSED' | /status | NOT_CHANGEABLE",
                "reason | 'x' | /reason | UNKNOWN_FIELD"
            })
    void refusesAReturn(String field, String value, String pointer, Code code) {
        assertViolation(() -> ReturnReader.readNew(with(RETURN, field, value)), pointer, code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "items | null | /items | REQUIRED",
                "items | [] | /items | TOO_FEW",
                "items | [{'lineNumber':1,'quantity':1}] | /items/0/disposition | REQUIRED",
                "items | [{'lineNumber':1,'quantity':1,'disposition':'SELL'}] | /items/0/disposition | BAD_FORMAT",
                "items | [{'quantity':1,'disposition':'RESTOCK'}] | /items/0/lineNumber | REQUIRED",
                "items | [{'lineNumber':1,'quantity':1,'disposition':'RESTOCK','fee':-1}] | /items/0/fee | OUT_OF_RANGE",
                "items | [{'lineNumber':1,'quantity':1,'disposition':'RESTOCK','fee':1.5}] | /items/0/fee | WRONG_TYPE",
                "id | 'x' | /id | NOT_CHANGEABLE",
                "note | 'x' | /note | UNKNOWN_FIELD"
            })
    void refusesAReceipt(String field, String value, String pointer, Code code) {
        assertViolation(() -> ReturnReader.readReceipt(with(RECEIPT, field, value)), pointer, code);
    }

    @Test
    void limitsLengthsAndNumbers() {
        assertViolation(
                () -> ReturnReader.readNew(with(RETURN, "note", "'" + "x".repeat(501) + "'")), "/note", Code.TOO_LONG);
        assertViolation(
                () -> ReturnReader.readNew(with(RETURN, "items", items(501, "'quantity':1"))), "/items", Code.TOO_MANY);
        String receipts = items(501, "'quantity':1,'disposition':'RESTOCK'");
        assertViolation(() -> ReturnReader.readReceipt(with(RECEIPT, "items", receipts)), "/items", Code.TOO_MANY);
    }

    @Test
    void reportsAllViolationsTogether() {
        assertThat(violations(() -> ReturnReader.readNew(
                        json("{'items':[{},{'lineNumber':0,'quantity':1,'reason':'" + CARD + "'}],'note':1,'x':1}"))))
                .extracting(Violation::pointer)
                .containsExactly(
                        "/items/0/lineNumber",
                        "/items/0/quantity",
                        "/items/1/lineNumber",
                        "/items/1/reason",
                        "/note",
                        "/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "null", "'x'"})
    void refusesABodyThatIsNoObject(String body) {
        assertThat(violations(() -> ReturnReader.readNew(value(body))))
                .extracting(Violation::code)
                .contains(Code.WRONG_TYPE);
        assertThat(violations(() -> ReturnReader.readReceipt(value(body))))
                .extracting(Violation::code)
                .contains(Code.WRONG_TYPE);
    }
}
