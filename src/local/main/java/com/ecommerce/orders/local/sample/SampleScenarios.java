package com.ecommerce.orders.local.sample;

import static com.ecommerce.orders.local.sample.SampleStep.cancel;
import static com.ecommerce.orders.local.sample.SampleStep.cancelItems;
import static com.ecommerce.orders.local.sample.SampleStep.change;
import static com.ecommerce.orders.local.sample.SampleStep.changeFulfillment;
import static com.ecommerce.orders.local.sample.SampleStep.changeReturn;
import static com.ecommerce.orders.local.sample.SampleStep.pay;
import static com.ecommerce.orders.local.sample.SampleStep.receive;
import static com.ecommerce.orders.local.sample.SampleStep.requestReturn;
import static com.ecommerce.orders.local.sample.SampleStep.settle;
import static com.ecommerce.orders.local.sample.SampleStep.ship;
import static com.ecommerce.orders.local.sample.SampleStep.shipEverything;

import java.util.List;

/**
 * The scenarios of the sample orders, oldest order first. The first line of every order has two units, and every second
 * order has only this line.
 */
final class SampleScenarios {

    private static final SampleStep CONFIRM = change("confirm");
    private static final SampleStep COMPLETE = change("complete");
    private static final SampleStep SALE = pay("SALE", 100);
    private static final SampleStep AUTHORIZATION = pay("AUTHORIZATION", 100);
    private static final SampleStep DELIVER = changeFulfillment("deliver");

    static final List<List<SampleStep>> ALL = List.of(
            List.of(SALE, CONFIRM, shipEverything(), DELIVER, COMPLETE),
            List.of(SALE, CONFIRM, shipEverything(), DELIVER, COMPLETE, pay("REFUND", 25)),
            List.of(AUTHORIZATION, CONFIRM, shipEverything(), pay("CAPTURE", 100), DELIVER, COMPLETE),
            List.of(SALE, CONFIRM, shipEverything(), COMPLETE, pay("CHARGEBACK", 100)),
            List.of(cancel()),
            List.of(
                    SALE,
                    CONFIRM,
                    shipEverything(),
                    DELIVER,
                    COMPLETE,
                    requestReturn(2),
                    receive(2, "RESTOCK"),
                    pay("REFUND", 100)),
            List.of(pay("SALE", 120), CONFIRM, shipEverything(), COMPLETE),
            List.of(SALE, CONFIRM, shipEverything(), COMPLETE, pay("CHARGEBACK", 100), pay("CHARGEBACK_REVERSAL", 100)),
            List.of(SALE, CONFIRM, shipEverything(), DELIVER, COMPLETE, requestReturn(2), receive(1, "RESTOCK")),
            List.of(AUTHORIZATION, pay("VOID", 100), cancel()),
            List.of(SALE, CONFIRM, shipEverything(), DELIVER, COMPLETE),
            List.of(SALE, CONFIRM, shipEverything(), DELIVER, COMPLETE, requestReturn(1), changeReturn("cancel")),
            List.of(
                    SALE,
                    CONFIRM,
                    shipEverything(),
                    DELIVER,
                    COMPLETE,
                    requestReturn(2),
                    receive(1, "DISCARD"),
                    changeReturn("close"),
                    pay("REFUND", 30, "PENDING")),
            List.of(pay("SALE", 100, "PENDING"), settle("SUCCEEDED"), CONFIRM, shipEverything(), DELIVER, COMPLETE),
            List.of(SALE, CONFIRM, shipEverything(), DELIVER, requestReturn(1)),
            List.of(SALE, CONFIRM, ship(1), changeFulfillment("cancel")),
            List.of(AUTHORIZATION, CONFIRM, shipEverything(), pay("CAPTURE", 100), DELIVER),
            List.of(CONFIRM, cancelItems(2), cancel()),
            List.of(SALE, CONFIRM, shipEverything()),
            List.of(SALE, CONFIRM, ship(1)),
            List.of(pay("SALE", 100, "PENDING"), settle("FAILED")),
            List.of(SALE, CONFIRM, cancelItems(1)),
            List.of(AUTHORIZATION, CONFIRM, pay("CAPTURE", 100, "PENDING")),
            List.of(pay("SALE", 40), CONFIRM),
            List.of(AUTHORIZATION, pay("VOID", 100)),
            List.of(CONFIRM),
            List.of(pay("SALE", 100, "FAILED"), AUTHORIZATION),
            List.of(pay("AUTHORIZATION", 50)),
            List.of(pay("SALE", 100, "PENDING")),
            List.of());

    private SampleScenarios() {}
}
