package com.ecommerce.orders.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are the test numbers that payment providers publish. */
class CardNumbersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4242424242424242",
                "4111 1111 1111 1111",
                "4111-1111-1111-1111",
                "4111-1111 1111-1111",
                "4222222222222",
                "4000000000000000006",
                "378282246310005",
                "3782 822463 10005",
                "30569309025904",
                "3530111333300000",
                "5555555555554444",
                "2223003122003222",
                "2221000000000009",
                "2720999999999996",
                "6011111111111117",
                "6200000000000005",
                "card 4242424242424242, expires 12/30",
                "x4242424242424242y",
                "12 4242424242424242",
                "4242 4242 4242 4242 12",
                "+49 30 4242424242424242",
                "1234567890123456789012 4242424242424242",
                "4242\u00e94242424242424242"
            })
    void findsACardNumber(String text) {
        assertThat(CardNumbers.isIn(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4",
                "not as described",
                "4242424242424241",
                "424242424242",
                "14242424242424242",
                "42424242424242420",
                "00004242424242424242",
                "4242424242424242000000",
                "1234567890123452",
                "0000000000000000",
                "2220990000000005",
                "2721000000000004",
                "7000000000000005",
                "4242  4242  4242  4242",
                "4242.4242.4242.4242",
                "4242/4242/4242/4242",
                "42424242a42424242",
                "\u0664\u0662\u0664\u0662\u0664\u0662\u0664\u0662\u0664\u0662\u0664\u0662\u0664\u0662\u0664\u0662",
                "2026-11-28 05:30:00",
                "0193b7a0-0000-7000-8000-000000000000"
            })
    void findsNoCardNumberInOtherText(String text) {
        assertThat(CardNumbers.isIn(text)).isFalse();
    }

    @Property
    void findsEveryNumberWithACheckDigit(
            @ForAll("numbers") String number, @ForAll("texts") String before, @ForAll("texts") String after) {
        assertThat(CardNumbers.isIn(before + number + after)).isTrue();
    }

    @Property
    void findsANumberInAnyGroups(@ForAll("numbers") String number, @ForAll List<Boolean> isBreak) {
        StringBuilder grouped = new StringBuilder();
        for (int i = 0; i < number.length(); i++) {
            boolean isGroupEnd = i > 0 && i < isBreak.size() && isBreak.get(i);
            grouped.append(isGroupEnd ? i % 2 == 0 ? " " : "-" : "").append(number.charAt(i));
        }
        assertThat(CardNumbers.isIn(grouped.toString())).isTrue();
    }

    @Property
    void findsNoNumberWithAnotherCheckDigit(
            @ForAll("numbers") String number, @ForAll @IntRange(min = 1, max = 9) int by) {
        int last = number.length() - 1;
        int wrong = (number.charAt(last) - '0' + by) % 10;

        assertThat(CardNumbers.isIn(number.substring(0, last) + wrong)).isFalse();
    }

    @Property
    void findsNoNumberInsideALongerRunOfDigits(
            @ForAll("numbers") String number, @ForAll @IntRange(min = 0, max = 2) int zeros) {
        assertThat(CardNumbers.isIn("0".repeat(zeros + 7) + number)).isFalse();
    }

    @Provide
    Arbitrary<String> numbers() {
        Arbitrary<String> issuers = Arbitraries.oneOf(
                Arbitraries.integers().between(3000, 6999).map(String::valueOf),
                Arbitraries.integers().between(2221, 2720).map(String::valueOf));
        Arbitrary<String> accounts =
                Arbitraries.strings().numeric().ofMinLength(8).ofMaxLength(14);
        return Combinators.combine(issuers, accounts).as((issuer, account) -> withCheckDigit(issuer + account));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("abcxyz.,:;/#\u00e9").ofMaxLength(20);
    }

    /** Appends the digit that makes the sum of ISO/IEC 7812-1, annex B, a multiple of ten. */
    private static String withCheckDigit(String digits) {
        for (int check = 0; check <= 9; check++) {
            if (sum(digits + check) % 10 == 0) {
                return digits + check;
            }
        }
        throw new IllegalStateException("One of ten digits fits");
    }

    private static int sum(String number) {
        String reversed = new StringBuilder(number).reverse().toString();
        return reversed.chars()
                .mapToObj(digit -> digit - '0')
                .collect(Collectors.collectingAndThen(Collectors.toList(), CardNumbersTest::weigh));
    }

    private static int weigh(List<Integer> digits) {
        int sum = 0;
        for (int i = 0; i < digits.size(); i++) {
            int weighted = digits.get(i) * (1 + i % 2);
            sum += weighted / 10 + weighted % 10;
        }
        return sum;
    }
}
