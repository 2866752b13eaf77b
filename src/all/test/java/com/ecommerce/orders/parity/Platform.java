package com.ecommerce.orders.parity;

/** A platform on which the API runs. */
enum Platform {
    LOCAL("local"),
    AWS("AWS"),
    AZURE("Azure"),
    GCP("Google Cloud");

    private final String title;

    Platform(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
