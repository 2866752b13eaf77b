package com.ecommerce.orders.payment;

import com.ecommerce.orders.operation.OperationInput;
import java.util.regex.Pattern;

/**
 * A provider's id of a transaction, and the query of {@code findTransactions}.
 *
 * @param provider the name of the provider, see {@link #isProvider}
 * @param reference 1 to {@link #MAX_LENGTH} characters, not blank
 */
public record TransactionReference(String provider, String reference) implements OperationInput {

    /** The largest length of a reference in characters. */
    public static final int MAX_LENGTH = 200;

    /** Completes the sentence "provider must be". */
    public static final String PROVIDER_FORMAT =
            "1 to 50 lowercase letters, digits, dots, underscores and hyphens, starting with a letter or digit";

    private static final Pattern PROVIDER = Pattern.compile("[a-z0-9][a-z0-9._-]{0,49}");

    /** Tells whether {@code text} is the name of a provider. */
    public static boolean isProvider(String text) {
        return PROVIDER.matcher(text).matches();
    }

    /** Tells whether {@code text} is a reference: not blank, and not too long. */
    public static boolean isReference(String text) {
        return !text.isBlank() && text.codePointCount(0, text.length()) <= MAX_LENGTH;
    }
}
