package com.ecommerce.orders.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.http.HttpProblemException;
import com.ecommerce.orders.json.StrictJson;
import com.ecommerce.orders.settings.OrdersSettings;
import com.ecommerce.orders.testkit.TestEnvironment;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Only a claim that equals the key of an alias is replaced. A key may have any characters. */
class AliasPropertyTest {

    private static final String TENANT = "the tenant";
    private static final String OTHER = "another tenant";

    @Property
    void onlyTheClaimThatEqualsTheKeyIsAliased(@ForAll("keys") String key, @ForAll("keys") String another) {
        Map<String, Object> alias = Map.of(key, TENANT);
        Map<String, Object> settings = Map.of(
                "ORDERS_IDENTITY_MODE",
                "gateway",
                "ORDERS_IDENTITY_TENANTS_ALIAS",
                JSONObjectUtils.toJSONString(alias),
                "ORDERS_IDENTITY_TENANTS_ALLOWED_0",
                key,
                "ORDERS_IDENTITY_TENANTS_ALLOWED_1",
                OTHER);
        ClaimsMapper callers = new ClaimsMapper(
                OrdersSettings.of(TestEnvironment.of(settings, Map.of())).identity());

        assertThat(tenant(callers, key)).isEqualTo(TENANT);
        assertThat(tenant(callers, OTHER)).isEqualTo(OTHER);
        for (String claim : nearby(key, another)) {
            assertThat(tenant(callers, claim))
                    .as("tenant of the claim %s", claim)
                    .isNull();
        }
    }

    /** Returns the tenant of a claim; {@code null} if the claim is rejected. */
    private static @Nullable String tenant(ClaimsMapper callers, String claim) {
        try {
            return callers.read(Map.of("tenant_id", claim, "sub", "alice"))
                    .tenant()
                    .value();
        } catch (HttpProblemException refused) {
            return null;
        }
    }

    /** Returns claims that a reader would mistake for the key if it dropped, added or changed characters. */
    private static Set<String> nearby(String key, String another) {
        Set<String> claims = new LinkedHashSet<>(List.of(
                TENANT,
                another,
                key + another,
                key + " ",
                " " + key,
                key.strip(),
                key.trim(),
                "[" + key + "]",
                key.toLowerCase(Locale.ROOT),
                key.toUpperCase(Locale.ROOT),
                key.replaceAll("[^A-Za-z0-9]", ""),
                key.replaceAll("[-_]", ""),
                key.replace('_', '.')));
        for (int i = 0; i < key.length(); i++) {
            claims.add(key.substring(0, i) + key.substring(i + 1));
        }
        claims.remove(key);
        claims.remove(OTHER);
        return claims;
    }

    @Provide
    Arbitrary<String> keys() {
        Arbitrary<String> any = Arbitraries.strings().all().ofMinLength(1).ofMaxLength(20);
        Arbitrary<String> odd = Arbitraries.strings()
                .withChars("aZ09:-_.,[]{}$\"'\\/ \t#=@\u0130\u0131\u00e9")
                .ofMinLength(1)
                .ofMaxLength(8);
        return Arbitraries.oneOf(any, odd).filter(key -> !key.isBlank() && StrictJson.isStorable(key));
    }
}
