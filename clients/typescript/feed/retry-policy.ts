// Decides which requests are sent again, and when. All times are in milliseconds.
const RETRYABLE = [408, 429, 502, 503, 504];
const FIRST = 1_000;
const LONGEST = 60_000;
const LONGEST_HEADER = 3_600_000;

/** A request that got no page. */
export interface Failure {
  /** Absent if there was no response. */
  response?: Response;
  cause: unknown;
}

/** Tells whether the same request may succeed later. A response that is no JSON of the contract will not change. */
export function isRetryable({ response, cause }: Failure): boolean {
  if (response !== undefined) {
    return RETRYABLE.includes(response.status);
  }
  // `fetch` throws a TypeError for a failure of the network, and a DOMException for a timeout. A TypeError for a wrong URL
  // is caused by another TypeError.
  const isWrongUrl = cause instanceof TypeError && cause.cause instanceof TypeError;
  return !isWrongUrl && (cause instanceof TypeError || cause instanceof DOMException);
}

/**
 * Returns the time until the next attempt: half of the backoff or more, at random, and at least `Retry-After`.
 *
 * @param failures the number of failures in a row, from 1
 */
export function waitAfter({ response }: Failure, failures: number): number {
  const longest = Math.min(LONGEST, FIRST * 2 ** (failures - 1));
  const backoff = Math.round(longest / 2 + (Math.random() * longest) / 2);
  return Math.max(backoff, retryAfter(response, 0));
}

/** Returns `Retry-After` of a response, at most an hour. */
export function retryAfter(response: Response | undefined, otherwise: number): number {
  const value = response?.headers.get('Retry-After') ?? '';
  return /^\d+$/.test(value) ? Math.min(Number(value) * 1_000, LONGEST_HEADER) : otherwise;
}
