package com.ecommerce.orders.admin;

import org.jspecify.annotations.Nullable;

/** An id and an e-mail of a person, each empty if there is none. */
record PersonName(String id, String email) {

    /** Returns the name with these stored values. */
    static PersonName of(@Nullable String id, @Nullable String email) {
        return new PersonName(id == null ? "" : id, email == null ? "" : email);
    }

    boolean isEmpty() {
        return id.isEmpty() && email.isEmpty();
    }

    /** Tells whether both names have the same id or the same e-mail. */
    boolean isPartlyEqual(PersonName other) {
        return (!id.isEmpty() && id.equals(other.id)) || (!email.isEmpty() && email.equals(other.email));
    }

    /** Returns the e-mail as the database stores it. */
    @Nullable
    String storedEmail() {
        return email.isEmpty() ? null : email;
    }
}
