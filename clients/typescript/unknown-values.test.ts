// A newer version of the API may send values and members that this client does not know.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import createClient from 'openapi-fetch';
import type { components, paths } from './generated/order-api.js';

const path = { orderId: '019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a18' };

/** A client of a server that sends this response to each request. */
function clientOf(status: number, body: unknown) {
  return createClient<paths>({ baseUrl: 'http://api.example', fetch: async () => Response.json(body, { status }) });
}

test('reads an unknown type of the feed', async () => {
  const event = { type: 'orders.parcel.lost.v2', position: '7', weather: 'rain', data: { weight: 3 } };

  const page = await clientOf(200, { data: [event], nextCursor: 'next', more: [] }).GET('/events');

  const type: string | undefined = page.data?.data[0]?.type;
  assert.equal(type, 'orders.parcel.lost.v2');
});

test("reads an unknown type of an order's event", async () => {
  const event = { seq: 1, type: 'PARCEL_LOST', at: '2026-11-23T09:15:27Z', by: 'alice', changes: {} };

  const page = await clientOf(200, { data: [event] }).GET('/orders/{orderId}/events', { params: { path } });

  assert.equal(page.data?.data[0]?.type, 'PARCEL_LOST');
});

test('reads an unknown kind and state of a transaction', async () => {
  // The types are no closed lists: the compiler accepts values that are not in the contract.
  const tip: components['schemas']['Transaction'] = {
    id: '019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a19',
    orderId: path.orderId,
    kind: 'TIP',
    state: 'ON_HOLD',
    amount: 1,
    currency: 'USD',
    provider: 'stripe',
    createdBy: 'alice',
    createdAt: '2026-11-23T09:15:27Z',
    updatedAt: '2026-11-23T09:15:27Z',
  };

  const page = await clientOf(200, { data: [{ ...tip, mood: 'good' }] }).GET('/orders/{orderId}/transactions', {
    params: { path },
  });

  assert.equal(page.data?.data[0]?.kind, 'TIP');
  assert.equal(page.data?.data[0]?.state, 'ON_HOLD');
});

test('reads an unknown status of a payment', async () => {
  const order = { payment: { status: 'PAID_LATER', due: 5, balance: -5, tips: 1 } };

  const answer = await clientOf(200, order).GET('/orders/{orderId}', { params: { path } });

  const status: string | undefined = answer.data?.payment.status;
  assert.equal(status, 'PAID_LATER');
});

test('reads an unknown status, reason and disposition of shipments and returns', async () => {
  // The types are no closed lists: the compiler accepts values that are not in the contract.
  const who = { createdBy: 'alice', createdAt: '2026-11-23T09:15:27Z' };
  const ids = { id: '019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a19', orderId: path.orderId };
  const lost: components['schemas']['Fulfillment'] = {
    ...ids,
    ...who,
    status: 'LOST',
    items: [{ lineNumber: 1, quantity: 1 }],
    updatedAt: who.createdAt,
  };
  const weather: components['schemas']['Cancellation'] = {
    ...ids,
    ...who,
    items: [{ lineNumber: 1, quantity: 1, credit: 5 }],
    reason: 'WEATHER',
    credit: 5,
  };
  const repair: components['schemas']['Receipt'] = {
    ...who,
    id: ids.id,
    items: [{ lineNumber: 1, quantity: 1, disposition: 'REPAIR', credit: 0, fee: 0 }],
  };

  const fulfillments = await clientOf(200, { data: [{ ...lost, drone: true }] }).GET('/orders/{orderId}/fulfillments', {
    params: { path },
  });
  const cancellations = await clientOf(200, { data: [weather] }).GET('/orders/{orderId}/cancellations', {
    params: { path },
  });
  const returns = await clientOf(200, { data: [{ status: 'IN_REPAIR', receipts: [repair] }] }).GET(
    '/orders/{orderId}/returns',
    { params: { path } },
  );
  const order = await clientOf(200, { fulfillment: { status: 'ON_THE_MOON' } }).GET('/orders/{orderId}', {
    params: { path },
  });

  assert.equal(fulfillments.data?.data[0]?.status, 'LOST');
  assert.equal(cancellations.data?.data[0]?.reason, 'WEATHER');
  assert.equal(returns.data?.data[0]?.status, 'IN_REPAIR');
  assert.equal(returns.data?.data[0]?.receipts[0]?.items[0]?.disposition, 'REPAIR');
  const status: string | undefined = order.data?.fulfillment.status;
  assert.equal(status, 'ON_THE_MOON');
});

test('reads an unknown problem code, scope and violation', async () => {
  // The types are no closed lists: the compiler accepts values that are not in the contract.
  const rain: components['schemas']['Problem'] = {
    type: '/problems/weather',
    title: 'It rains',
    status: 403,
    detail: 'Wait.',
    instance: '/orders',
    code: 'WEATHER',
    requestId: '1',
    retryable: false,
    requiredScope: 'weather:read',
    errors: [{ pointer: '/sky', code: 'TOO_GRAY', detail: 'The sky is gray.' }],
  };

  const refused = await clientOf(403, { ...rain, sky: 'gray' }).GET('/orders/{orderId}', { params: { path } });

  assert.equal(refused.error?.code, 'WEATHER');
  assert.equal(refused.error?.requiredScope, 'weather:read');
  assert.equal(refused.error?.errors?.[0]?.code, 'TOO_GRAY');
});
