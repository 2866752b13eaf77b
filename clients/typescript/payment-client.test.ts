// Records payments with the generated types, on the API that ORDERS_URL and ORDERS_TOKEN name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import createClient from 'openapi-fetch';
import type { components, paths } from './generated/order-api.js';

type NewTransaction = components['schemas']['NewTransaction'];

const api = createClient<paths>({
  baseUrl: process.env['ORDERS_URL'] ?? '',
  headers: { Authorization: `Bearer ${process.env['ORDERS_TOKEN']}` },
});

/** The data of an answer that must be a success. */
function found<T>(answer: { data?: T; error?: unknown }): T {
  assert.ok(answer.data !== undefined, JSON.stringify(answer.error));
  return answer.data;
}

/** Places an order over 10.00 EUR, and returns the path variables of the order. */
async function placed() {
  const items = [{ sku: 'BOOK', quantity: 1, unitPrice: 1000 }];
  return { orderId: found(await api.POST('/orders', { body: { currency: 'EUR', items } })).id };
}

function record(path: { orderId: string }, entry: Pick<NewTransaction, 'kind' | 'amount'> & Partial<NewTransaction>) {
  const body: NewTransaction = { currency: 'EUR', provider: 'stripe', ...entry };
  return api.POST('/orders/{orderId}/transactions', { params: { path }, body });
}

async function payment(path: { orderId: string }) {
  return found(await api.GET('/orders/{orderId}', { params: { path } })).payment;
}

test('records a fact once', async () => {
  const path = await placed();
  const sale = { kind: 'SALE', amount: 1000, reference: `ch-${path.orderId}` } as const;

  const first = await record(path, sale);
  const again = await record(path, sale);

  assert.equal(first.response.status, 201);
  assert.equal(first.response.headers.get('Order-ETag'), '"2"');
  assert.equal(again.response.status, 200);
  assert.deepEqual(again.data, first.data);
  const query = { provider: 'stripe', reference: sale.reference };
  assert.deepEqual(found(await api.GET('/transactions', { params: { query } })).data, [first.data]);
  assert.equal((await payment(path)).status, 'PAID');
});

test('refunds safely', async () => {
  const path = await placed();
  found(await record(path, { kind: 'SALE', amount: 1000, reference: `ch-${path.orderId}` }));
  const entry = found(await record(path, { kind: 'REFUND', state: 'PENDING', amount: 400 }));
  assert.equal((await payment(path)).refundable, 600);

  // Here the program calls the provider, with entry.id as idempotency key.
  const settled = await api.POST('/orders/{orderId}/transactions/{transactionId}/settle', {
    params: { path: { ...path, transactionId: entry.id } },
    body: { state: 'SUCCEEDED', reference: `re-${path.orderId}` },
  });

  assert.equal(found(settled).state, 'SUCCEEDED');
  const list = found(await api.GET('/orders/{orderId}/transactions', { params: { path } }));
  assert.deepEqual(
    list.data.map(({ kind }) => kind),
    ['SALE', 'REFUND'],
  );
  assert.equal((await payment(path)).status, 'PARTIALLY_REFUNDED');
});

test('reads how much is available', async () => {
  const path = await placed();

  const refused = await record(path, { kind: 'REFUND', amount: 1, reference: `re-${path.orderId}` });

  assert.equal(refused.error?.code, 'AMOUNT_EXCEEDED');
  assert.equal(refused.error?.available, 0);
});
