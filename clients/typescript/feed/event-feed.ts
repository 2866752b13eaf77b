import { setTimeout } from 'node:timers/promises';
import type { Client } from 'openapi-fetch';
import type { components, paths } from '../generated/order-api.js';
import { CursorExpiredError, FeedError, PositionGapError } from './errors.js';
import { type Failure, isRetryable, retryAfter, waitAfter } from './retry-policy.js';

export { CursorExpiredError, FeedError, PositionGapError };

type Api = Client<paths>;
type EventPage = components['schemas']['EventPage'];
type End = IteratorReturnResult<undefined>;

const PAGE_SIZE = 200;
const POLL_INTERVAL = 5_000;
const LATEST = 'latest';
const END: End = { done: true, value: undefined };

/** An event of the feed. */
export interface FollowedEvent {
  event: components['schemas']['Event'];
  /**
   * The cursor to store after the event is handled. A feed that starts after this cursor skips no event. It may return
   * events of the same page again.
   */
  cursor: string;
}

export interface FeedOptions {
  /** The types to return; none for all types. */
  types?: string[];
  /** Ends the feed and its running request. */
  signal?: AbortSignal;
  /** Waits until the time is over or the signal is aborted. Tests shorten this wait. */
  wait?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  /** Receives a warning before a request is sent again. The default is `console.warn`. */
  warn?: (message: string, cause: unknown) => void;
}

/**
 * The events of a tenant, one after the other. A loop over the feed waits for the next event, so the loop ends only when the
 * signal is aborted or the loop is left. Only one loop may use a feed.
 *
 * If the API is busy or can't be reached, the feed tries again without end, and writes a warning.
 */
export class EventFeed implements AsyncIterableIterator<FollowedEvent, undefined> {
  readonly #api: Api;
  readonly #types: string[];
  readonly #wait: NonNullable<FeedOptions['wait']>;
  readonly #warn: NonNullable<FeedOptions['warn']>;
  readonly #closed = new AbortController();
  readonly #signal: AbortSignal;
  #events: FollowedEvent[] = [];
  #after: string | undefined;
  #pause = 0;
  #lastPosition: number;

  private constructor(api: Api, after: string | undefined, options: FeedOptions) {
    this.#api = api;
    this.#after = after;
    this.#types = options.types ?? [];
    this.#wait = options.wait ?? waitUntilAborted;
    this.#warn = options.warn ?? console.warn;
    this.#signal = AbortSignal.any([this.#closed.signal, ...(options.signal ? [options.signal] : [])]);
    this.#lastPosition = after === undefined ? 0 : -1;
  }

  /** Follows the log from its first event on. */
  static fromBeginning(api: Api, options: FeedOptions = {}): EventFeed {
    return new EventFeed(api, undefined, options);
  }

  /** Goes on after a stored cursor. */
  static after(api: Api, cursor: string, options: FeedOptions = {}): EventFeed {
    return new EventFeed(api, cursor, options);
  }

  /**
   * Follows the log from now on. A restart before the first event would begin at a later time. To prevent this, store
   * `latestCursor`, and follow the log after it.
   */
  static fromLatest(api: Api, options: FeedOptions = {}): EventFeed {
    return new EventFeed(api, LATEST, options);
  }

  /**
   * Returns the cursor of the end of the log.
   *
   * @throws FeedError if the API refuses the request
   */
  static async latestCursor(api: Api): Promise<string> {
    const { data, error, response } = await api.GET('/events', { params: { query: { after: LATEST, limit: 1 } } });
    if (data === undefined) {
      throw refusal({ response, cause: error });
    }
    return data.nextCursor;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /**
   * Waits until there is a next event. The result has `done` if the signal was aborted or the feed was closed.
   *
   * @throws CursorExpiredError if the cursor has expired
   * @throws PositionGapError if events may be missing
   * @throws FeedError if the API refuses the request
   */
  async next(): Promise<IteratorResult<FollowedEvent, undefined>> {
    while (this.#events.length === 0 && this.#isOpen()) {
      await this.#waitFor(this.#pause);
      await this.#read();
    }
    const next = this.#events[0];
    if (next === undefined || !this.#isOpen()) {
      return END;
    }
    this.#checkPosition(Number(next.event.position));
    this.#events.shift();
    return { done: false, value: next };
  }

  /** Ends the feed. A loop that is left calls this method on its own. */
  async return(): Promise<End> {
    this.#closed.abort();
    return END;
  }

  #isOpen(): boolean {
    return !this.#signal.aborted;
  }

  async #waitFor(milliseconds: number): Promise<void> {
    if (milliseconds > 0) {
      await this.#wait(milliseconds, this.#signal);
    }
  }

  async #read(): Promise<void> {
    const answer = await this.#request();
    if (answer === undefined) {
      return;
    }
    const { page, response } = answer;
    const start = this.#after;
    this.#after = page.nextCursor;
    const isStuck = page.data.length === 0 && this.#after === start;
    this.#pause = retryAfter(response, isStuck ? POLL_INTERVAL : 0);
    const last = page.data.length - 1;
    // The API names no place within a page. Until the last event, only the start of the page is a safe place.
    this.#events = page.data.map((event, i) => ({ event, cursor: i < last ? String(start) : page.nextCursor }));
  }

  /** Returns a page; `undefined` if the feed was closed in the meantime. */
  async #request(): Promise<{ page: EventPage; response: Response } | undefined> {
    for (let failures = 1; this.#isOpen(); failures++) {
      const answer = await this.#send();
      if ('page' in answer) {
        return answer;
      }
      if (!this.#isOpen()) {
        return undefined;
      }
      if (!isRetryable(answer)) {
        throw answer.response?.status === 410 ? new CursorExpiredError(this.#after, answer.cause) : refusal(answer);
      }
      const time = waitAfter(answer, failures);
      this.#warn(`The feed failed. It tries again in ${time} ms.`, answer.cause);
      await this.#waitFor(time);
    }
    return undefined;
  }

  async #send(): Promise<{ page: EventPage; response: Response } | Failure> {
    const query = {
      limit: this.#hasCursor() ? PAGE_SIZE : 1,
      ...(this.#after === undefined ? {} : { after: this.#after }),
      ...(this.#types.length === 0 ? {} : { type: this.#types }),
    };
    try {
      const { data, error, response } = await this.#api.GET('/events', { params: { query }, signal: this.#signal });
      return data === undefined ? { response, cause: error } : { page: data, response };
    } catch (cause) {
      return { cause };
    }
  }

  /** The first page has one event at most, because a page without a cursor for its start can't be read again. */
  #hasCursor(): boolean {
    return this.#after !== undefined && this.#after !== LATEST;
  }

  #checkPosition(position: number): void {
    const last = this.#lastPosition;
    const isExpected = this.#types.length === 0 ? last < 0 || position === last + 1 : position > last;
    if (!isExpected) {
      throw new PositionGapError(last + 1, position);
    }
    this.#lastPosition = position;
  }
}

function refusal({ response, cause }: Failure): FeedError {
  const status = response === undefined ? '' : ` with the status ${response.status}`;
  return new FeedError(`The API refuses the request for events${status}. Read the cause.`, { cause });
}

/** Ends without an error if the signal is aborted. */
async function waitUntilAborted(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}
