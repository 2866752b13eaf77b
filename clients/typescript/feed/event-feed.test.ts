// The feed against a server with given responses. The waits are recorded and take no time.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import createClient from 'openapi-fetch';
import type { paths } from '../generated/order-api.js';
import { CursorExpiredError, EventFeed, FeedError, type FeedOptions, PositionGapError } from './event-feed.js';

type Answer = (request: Request) => Response | Promise<Response>;

const BUSY = { type: '/problems/tenant-busy', title: 'Busy', status: 429, code: 'TENANT_BUSY', retryable: true };

let answers: Answer[];
let queries: string[];
let waits: number[];
let warnings: unknown[];

beforeEach(() => {
  answers = [];
  queries = [];
  waits = [];
  warnings = [];
});

const api = createClient<paths>({
  baseUrl: 'http://api.example',
  fetch: async (request) => {
    queries.push(new URL(request.url).search);
    const answer = answers.shift();
    assert.ok(answer, 'an unexpected request');
    return answer(request);
  },
});

const options: FeedOptions = {
  wait: async (milliseconds) => waits.push(milliseconds),
  warn: (_message, cause) => warnings.push(cause),
};

/** A response with events of these positions. */
function page(nextCursor: string, positions: number[] = [], headers: Record<string, string> = {}): Answer {
  const data = positions.map((position) => ({ type: 'orders.order.placed.v1', position: String(position) }));
  return () => Response.json({ data, nextCursor }, { headers });
}

function problem(status: number, headers: Record<string, string> = {}): Answer {
  return () => Response.json({ ...BUSY, status }, { status, headers });
}

/** The next event's position and cursor. */
async function read(feed: EventFeed): Promise<string> {
  const next = await feed.next();
  assert.ok(!next.done, 'the feed has ended');
  return `${next.value.event.position} ${next.value.cursor}`;
}

test('returns each event with a cursor that skips no event', async () => {
  answers = [page('c1', [1]), page('c4', [2, 3, 4]), page('c5', [5])];

  const seen: string[] = [];
  for await (const { event, cursor } of EventFeed.fromBeginning(api, options)) {
    seen.push(`${event.position} ${cursor}`);
    if (event.position === '5') {
      break;
    }
  }

  assert.deepEqual(seen, ['1 c1', '2 c1', '3 c1', '4 c4', '5 c5']);
  assert.deepEqual(queries, ['?limit=1', '?limit=200&after=c1', '?limit=200&after=c4']);
});

test('goes on after a stored cursor', async () => {
  answers = [page('c8', [7, 8])];

  assert.equal(await read(EventFeed.after(api, 'c6', options)), '7 c6');
  assert.deepEqual(queries, ['?limit=200&after=c6']);
});

test('starts at the end of the log', async () => {
  answers = [page('c6', [], { 'Retry-After': '5' }), page('c7', [7])];

  assert.equal(await read(EventFeed.fromLatest(api, options)), '7 c7');
  assert.deepEqual(queries, ['?limit=1&after=latest', '?limit=200&after=c6']);
});

test('returns the cursor of the end of the log', async () => {
  answers = [page('c6'), problem(401)];

  assert.equal(await EventFeed.latestCursor(api), 'c6');
  await assert.rejects(EventFeed.latestCursor(api), FeedError);
  assert.deepEqual(queries, ['?after=latest&limit=1', '?after=latest&limit=1']);
});

test('waits at the end of the log as long as the API says', async () => {
  answers = [page('c1', [1], { 'Retry-After': '5' }), page('c1', [], { 'Retry-After': '7' }), page('c2', [2])];
  const feed = EventFeed.after(api, 'c0', options);

  await read(feed);
  await read(feed);

  assert.deepEqual(waits, [5_000, 7_000]);
});

test('waits 5 seconds if the API names no time at the end of the log', async () => {
  answers = [page('c0'), page('c1', [1])];

  await read(EventFeed.after(api, 'c0', options));

  assert.deepEqual(waits, [5_000]);
});

test('goes on at once after an empty page that is not the end', async () => {
  answers = [page('c5000'), page('c5001', [5001])];

  await read(EventFeed.after(api, 'c0', { ...options, types: ['orders.order.placed.v1', 'orders.order.cancelled.v1'] }));

  assert.deepEqual(waits, []);
  const types = '&type=orders.order.placed.v1&type=orders.order.cancelled.v1';
  assert.deepEqual(queries, [`?limit=200&after=c0${types}`, `?limit=200&after=c5000${types}`]);
});

test('tries again while the API is busy or out of reach', async () => {
  const noResponse = () => Promise.reject(new TypeError('fetch failed'));
  const timeout = () => Promise.reject(new DOMException('too slow', 'TimeoutError'));
  const noJson = () => new Response('<html>', { status: 502 });
  answers = [problem(429, { 'Retry-After': '300' }), problem(503), noJson, noResponse, timeout, page('c1', [1])];

  assert.equal(await read(EventFeed.after(api, 'c0', options)), '1 c1');

  assert.equal(warnings.length, 5);
  assert.equal(waits[0], 300_000);
  waits.slice(1).forEach((wait, i) => {
    const longest = 1_000 * 2 ** (i + 1);
    assert.ok(wait >= longest / 2 && wait <= longest, String(waits));
  });
});

test('waits at most a minute between two attempts', async () => {
  answers = [...Array.from({ length: 40 }, () => problem(503)), page('c1', [1])];

  await read(EventFeed.after(api, 'c0', options));

  const last = waits.at(-1) ?? 0;
  assert.ok(last >= 30_000 && last <= 60_000, String(last));
});

test('tells that the cursor has expired', async () => {
  answers = [problem(410), problem(410)];
  const feed = EventFeed.after(api, 'c6', options);

  for (const attempt of ['a first attempt', 'a second attempt starts nowhere else']) {
    await assert.rejects(
      feed.next(),
      (error) => error instanceof CursorExpiredError && error.cursor === 'c6' && error instanceof FeedError,
      attempt,
    );
  }
  assert.deepEqual(queries, ['?limit=200&after=c6', '?limit=200&after=c6']);
});

test('tells that the API refuses the request', async () => {
  answers = [problem(401), problem(500), () => new Response('no JSON'), () => new Response(null, { status: 204 })];
  const feed = EventFeed.after(api, 'c0', options);

  await assert.rejects(feed.next(), (error) => error instanceof FeedError && error.message.includes('401'));
  for (let i = 0; i < 3; i++) {
    await assert.rejects(feed.next(), FeedError);
  }
  assert.deepEqual(waits, []);
});

test('tells that the base URL is wrong', async () => {
  const wrong = createClient<paths>({ baseUrl: 'api.example' });

  const isInvalidUrl = (error: unknown) => error instanceof FeedError && error.cause instanceof TypeError;
  await assert.rejects(EventFeed.after(wrong, 'c0', { ...options, wait: () => assert.fail('a wait') }).next(), isInvalidUrl);
});

test('stops at a gap within a page and between pages', async () => {
  answers = [page('c2', [1, 2]), page('c4', [4]), page('c3', [1, 3])];
  const feed = EventFeed.after(api, 'c0', options);
  await read(feed);
  await read(feed);

  await assert.rejects(feed.next(), PositionGapError);
  await assert.rejects(feed.next(), PositionGapError, 'a second attempt skips nothing');

  const other = EventFeed.after(api, 'c0', options);
  await read(other);
  await assert.rejects(other.next(), PositionGapError);
});

test('stops if the beginning is missing', async () => {
  answers = [page('c2', [2])];

  await assert.rejects(EventFeed.fromBeginning(api, options).next(), PositionGapError);
});

test('expects gaps if types are selected, but no step back', async () => {
  answers = [page('c3', [3]), page('c9', [9, 8])];
  const feed = EventFeed.fromBeginning(api, { ...options, types: ['orders.order.placed.v1'] });
  await read(feed);
  await read(feed);

  await assert.rejects(feed.next(), PositionGapError);
});

test('ends when its signal is aborted', async () => {
  const signal = AbortSignal.abort();

  assert.equal((await EventFeed.after(api, 'c0', { ...options, signal }).next()).done, true);
  assert.deepEqual(queries, []);
});

test('ends a running request when its signal is aborted', async () => {
  const stop = new AbortController();
  answers = [
    (request) =>
      new Promise((_resolve, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason));
        stop.abort();
      }),
  ];

  assert.equal((await EventFeed.after(api, 'c0', { ...options, signal: stop.signal }).next()).done, true);
  assert.deepEqual(warnings, []);
});

test('ends a wait when its signal is aborted', async () => {
  const stop = new AbortController();
  answers = [problem(429, { 'Retry-After': '300' })];

  // The feed waits with its own timer here. The test would last 5 minutes if the signal did not end the wait.
  const feed = EventFeed.after(api, 'c0', { signal: stop.signal, warn: () => queueMicrotask(() => stop.abort()) });

  assert.equal((await feed.next()).done, true);
});

test('ends when its loop is left', async () => {
  answers = [page('c2', [1, 2])];
  const feed = EventFeed.after(api, 'c0', options);

  for await (const { event } of feed) {
    assert.equal(event.position, '1');
    break;
  }

  assert.equal((await feed.next()).done, true);
});
