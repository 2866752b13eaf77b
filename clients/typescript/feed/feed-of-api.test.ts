// The feed against the API that ORDERS_URL names. The feed polls without waits.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { promisify } from 'node:util';
import createClient from 'openapi-fetch';
import type { paths } from '../generated/order-api.js';
import { CursorExpiredError, EventFeed } from './event-feed.js';

const WRITERS = 3;
const ORDERS = 60;

function setting(name: string): string {
  const value = process.env[name];
  assert.ok(value, `set ${name}`);
  return value;
}

/** A client of a new tenant. */
async function newTenant() {
  const name = `typescript-${randomUUID()}`;
  const baseUrl = setting('ORDERS_URL');
  const token = await (await fetch(`${baseUrl}/dev/token?tenant=${name}`)).text();
  return { name, api: createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } }) };
}

type Tenant = Awaited<ReturnType<typeof newTenant>>;

/** Makes an order and cancels the order, which are two events. Returns these events as they appear in `seen`. */
async function placeAndCancel({ api }: Tenant): Promise<string[]> {
  const items = [{ sku: 'BOOK', quantity: 1, unitPrice: 1999 }];
  const { data: order, error } = await api.POST('/orders', { body: { currency: 'EUR', items } });
  assert.ok(order, JSON.stringify(error));
  const path = { orderId: order.id };
  const cancelled = await api.POST('/orders/{orderId}/cancel', { params: { path }, body: { reason: 'not needed' } });
  assert.ok(cancelled.data, JSON.stringify(cancelled.error));
  return [`${order.id} 1`, `${order.id} 2`];
}

async function write(tenant: Tenant): Promise<string[]> {
  const written: string[] = [];
  for (let i = 0; i < ORDERS; i++) {
    written.push(...(await placeAndCancel(tenant)));
  }
  return written;
}

function follow({ api }: Tenant, cursor: string | undefined): EventFeed {
  const options = { wait: async () => {} };
  return cursor === undefined ? EventFeed.fromBeginning(api, options) : EventFeed.after(api, cursor, options);
}

test('a reader that restarts sees each event while others write', { timeout: 300_000 }, async () => {
  const tenant = await newTenant();
  const writers = Promise.all(Array.from({ length: WRITERS }, () => write(tenant)));

  const seen: string[] = [];
  let cursor: string | undefined;
  // The reader stops in the middle of pages. Each run is longer, so a run gets past a page in the end.
  for (let run = 1; seen.length < 2 * WRITERS * ORDERS; run++) {
    let events = 0;
    for await (const next of follow(tenant, cursor)) {
      const position = Number(next.event.position);
      const change = `${next.event.subject} ${next.event.sequence}`;
      assert.ok(position <= seen.length + 1, 'no event is skipped');
      assert.equal((seen[position - 1] ??= change), change, 'a position keeps its event');
      cursor = next.cursor;
      if (++events === 10 * run || seen.length === 2 * WRITERS * ORDERS) {
        break;
      }
    }
  }

  assert.deepEqual([...seen].sort(), (await writers).flat().sort());
});

test('tells that the tenant was erased', { timeout: 300_000 }, async () => {
  const tenant = await newTenant();
  await placeAndCancel(tenant);
  const running = follow(tenant, undefined);
  await running.next();
  const cursor = (await running.next()).value?.cursor;
  assert.ok(cursor);

  await promisify(execFile)(setting('ORDERS_TENANT_SCRIPT'), ['erase', tenant.name, '--yes']);

  const isExpired = (error: unknown) => error instanceof CursorExpiredError && error.cursor === cursor;
  await assert.rejects(running.next(), isExpired);
  await assert.rejects(follow(tenant, cursor).next(), isExpired, 'a restart after the stored cursor');
  await placeAndCancel(tenant);
  await assert.rejects(follow(tenant, cursor).next(), isExpired, 'the new log does not make the cursor valid');
  assert.equal((await follow(tenant, undefined).next()).value?.event.position, '1');
});
