// The generated types and a typed fetch against the API that ORDERS_URL and ORDERS_TOKEN name.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import createClient from 'openapi-fetch';
import type { components, paths } from './generated/order-api.js';

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`set ${name}`);
  }
  return value;
}

const api = createClient<paths>({
  baseUrl: setting('ORDERS_URL'),
  headers: { Authorization: `Bearer ${setting('ORDERS_TOKEN')}` },
});

/** The data of an answer that must be a success. */
function found<T>(answer: { data?: T; error?: unknown }): T {
  assert.ok(answer.data !== undefined, JSON.stringify(answer.error));
  return answer.data;
}

test('makes, reads, lists, changes and cancels an order', async () => {
  const externalRef = `typescript-${randomUUID()}`;
  const book: components['schemas']['CreateOrder'] = {
    externalRef,
    currency: 'EUR',
    items: [{ sku: 'BOOK', quantity: 2, unitPrice: 1999, taxRate: '0.07' }],
    discounts: [{ percent: '10' }],
    expectedTotal: 3850,
  };
  const headers = { 'Idempotency-Key': externalRef };

  const created = await api.POST('/orders', { params: { header: headers }, body: book });
  const order = found(created);
  assert.equal(created.response.status, 201);
  assert.equal(created.response.headers.get('ETag'), '"1"');
  assert.equal(order.totals.grandTotal, 3850);
  assert.equal(order.payment.due, 3850);
  assert.deepEqual(found(await api.POST('/orders', { params: { header: headers }, body: book })), order);

  const path = { orderId: order.id };
  assert.deepEqual(found(await api.GET('/orders/{orderId}', { params: { path } })), order);

  const status = ['PLACED' as const, 'CONFIRMED' as const];
  const query = { externalRef, status, paymentStatus: ['UNPAID' as const], limit: 1 };
  assert.deepEqual(found(await api.GET('/orders', { params: { query } })).data, [order]);

  const changed = await api.PATCH('/orders/{orderId}', {
    params: { path, header: { 'If-Match': '"1"' } },
    body: { note: 'Please ring twice.', shippingAddress: null },
  });
  assert.equal(found(changed).note, 'Please ring twice.');

  const cancelled = await api.POST('/orders/{orderId}/cancel', { params: { path }, body: { reason: 'not needed' } });
  assert.equal(found(cancelled).status, 'CANCELLED');
});

test('reads a problem', async () => {
  const refused = await api.GET('/orders/{orderId}', { params: { path: { orderId: randomUUID() } } });

  assert.equal(refused.response.status, 404);
  assert.equal(refused.error?.code, 'NOT_FOUND');
});
