// Records shipments and returns with the generated types, on the API that ORDERS_URL and ORDERS_TOKEN name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import createClient from 'openapi-fetch';
import type { paths } from './generated/order-api.js';

const api = createClient<paths>({
  baseUrl: process.env['ORDERS_URL'] ?? '',
  headers: { Authorization: `Bearer ${process.env['ORDERS_TOKEN']}` },
});

/** The data of an answer that must be a success. */
function found<T>(answer: { data?: T; error?: unknown }): T {
  assert.ok(answer.data !== undefined, JSON.stringify(answer.error));
  return answer.data;
}

/** Places and confirms an order of three units at 3.33 EUR, and returns the path variables of the order. */
async function confirmed() {
  const items = [{ sku: 'BOOK', quantity: 3, unitPrice: 333 }];
  const path = { orderId: found(await api.POST('/orders', { body: { currency: 'EUR', items } })).id };
  found(await api.POST('/orders/{orderId}/confirm', { params: { path } }));
  return path;
}

async function order(path: { orderId: string }) {
  return found(await api.GET('/orders/{orderId}', { params: { path } }));
}

const one = [{ lineNumber: 1, quantity: 1 }];

test('ships in two parcels', async () => {
  const path = await confirmed();
  const parcel = { items: one, reference: `WH-${path.orderId}`, carrier: 'UPS' };

  const first = await api.POST('/orders/{orderId}/fulfillments', { params: { path }, body: parcel });
  const again = await api.POST('/orders/{orderId}/fulfillments', { params: { path }, body: parcel });
  const rest = await api.POST('/orders/{orderId}/fulfillments', { params: { path } });

  assert.equal(first.response.status, 201);
  assert.equal(first.response.headers.get('Order-ETag'), '"3"');
  assert.equal(again.response.status, 200);
  assert.deepEqual(again.data, first.data);
  assert.deepEqual(found(rest).items, [{ lineNumber: 1, quantity: 2 }]);
  assert.equal((await order(path)).fulfillment.status, 'FULFILLED');

  const entry = { ...path, fulfillmentId: found(first).id };
  const tracked = await api.PATCH('/orders/{orderId}/fulfillments/{fulfillmentId}', {
    params: { path: entry },
    body: { trackingNumber: '1Z999', carrier: null },
  });
  assert.equal(found(tracked).trackingNumber, '1Z999');
  assert.equal(found(tracked).carrier, undefined);
  const delivered = await api.POST('/orders/{orderId}/fulfillments/{fulfillmentId}/deliver', { params: { path: entry } });
  assert.equal(found(delivered).status, 'DELIVERED');
});

test('cancels a unit and takes a unit back', async () => {
  const path = await confirmed();
  const body = { items: one, reason: 'INVENTORY' } as const;
  assert.equal(found(await api.POST('/orders/{orderId}/cancellations', { params: { path }, body })).credit, 333);
  found(await api.POST('/orders/{orderId}/fulfillments', { params: { path } }));
  const request = found(await api.POST('/orders/{orderId}/returns', { params: { path }, body: { items: one } }));

  const received = await api.POST('/orders/{orderId}/returns/{returnId}/receive', {
    params: { path: { ...path, returnId: request.id } },
    body: { items: [{ lineNumber: 1, quantity: 1, disposition: 'RESTOCK', fee: 33 }] },
  });

  assert.equal(found(received).status, 'RECEIVED');
  const { items, payment, fulfillment } = await order(path);
  assert.deepEqual([items[0]?.cancelled, items[0]?.fulfilled, items[0]?.returned], [1, 2, 1]);
  assert.equal(payment.due, 366);
  assert.equal(fulfillment.status, 'PARTIALLY_RETURNED');
});

test('reads how many units are available', async () => {
  const path = await confirmed();

  const refused = await api.POST('/orders/{orderId}/fulfillments', {
    params: { path },
    body: { items: [{ lineNumber: 1, quantity: 4 }] },
  });

  assert.equal(refused.error?.code, 'QUANTITY_EXCEEDED');
  assert.deepEqual(refused.error?.lines, [{ lineNumber: 1, requested: 4, available: 3 }]);
});
