package com.ecommerce.orders.identity;

/**
 * The tenant that owns an order. All stored rows have the tenant as the first part of their key.
 *
 * @param value 1 to 64 characters, not blank, no control characters
 */
public record TenantId(String value) {

    public static final int MAX_LENGTH = 64;

    /** @throws IllegalArgumentException if {@code value} is not a valid tenant */
    public TenantId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "A tenant must have 1 to 64 characters, not only spaces, and no control characters");
        }
    }

    /** Tells whether {@code value} is a valid tenant. */
    public static boolean isValid(String value) {
        return !value.isBlank() && value.codePointCount(0, value.length()) <= MAX_LENGTH && isPrintable(value);
    }

    private static boolean isPrintable(String value) {
        for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            if (isUnprintable(value.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnprintable(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE;
    }

    @Override
    public String toString() {
        return value;
    }
}
