package com.ecommerce.orders.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseFoldingTest {

    @ParameterizedTest
    @CsvSource({
        "ada@example.org, ADA@Example.ORG",
        "élodie@example.org, ÉLODIE@example.org",
        "'\u00e9lodie', 'E\u0301lodie'",
        "straße@example.org, STRASSE@example.org",
        "straße@example.org, STRAẞE@example.org",
        "irem@example.org, İREM@example.org",
        "irem@example.org, IREM@example.org",
        "ırmak@example.org, IRMAK@example.org",
        "οδος@example.org, ΟΔΟΣ@example.org",
        "юлия@example.org, ЮЛИЯ@example.org"
    })
    void treatsLettersThatDifferOnlyInCaseAsEqual(String one, String other) {
        assertThat(CaseFolding.fold(one)).isEqualTo(CaseFolding.fold(other));
    }

    @ParameterizedTest
    @CsvSource({"elodie, élodie", "ada, adа", "a, b", "ada, 'ada '"})
    void keepsDifferentLettersApart(String one, String other) {
        assertThat(CaseFolding.fold(one)).isNotEqualTo(CaseFolding.fold(other));
    }

    @Test
    void isTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            for (String language : new String[] {"tr", "lt", "en"}) {
                Locale.setDefault(Locale.forLanguageTag(language));
                assertThat(CaseFolding.fold("Irem.ì@example.org")).isEqualTo(CaseFolding.fold("iREM.Ì@EXAMPLE.org"));
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
