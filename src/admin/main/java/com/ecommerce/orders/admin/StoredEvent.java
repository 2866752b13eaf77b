package com.ecommerce.orders.admin;

import java.sql.ResultSet;
import java.sql.SQLException;

/** The personal data of an event in an order's history. */
record StoredEvent(int seq, PersonName actor, String changes) {

    /** Finds the events of an order. An order may have thousands of events with long texts. */
    static final String FIND = "SELECT seq, by, by_email, changes::text FROM public.order_events"
            + " WHERE tenant_id = ? AND order_id = ? ORDER BY seq";

    static StoredEvent read(ResultSet row) throws SQLException {
        return new StoredEvent(row.getInt(1), PersonName.of(row.getString(2), row.getString(3)), row.getString(4));
    }
}
