/** The feed can't go on. `cause` tells why, for example that the token has expired. */
export class FeedError extends Error {
  override name = 'FeedError';
}

/**
 * The event log was erased or restored, so the cursor may belong to other events. Read the orders that matter. Then start
 * again from the beginning, or from the cursor of `EventFeed.latestCursor`.
 */
export class CursorExpiredError extends FeedError {
  override name = 'CursorExpiredError';

  /** @param cursor the cursor that has expired */
  constructor(
    readonly cursor: string | undefined,
    cause: unknown,
  ) {
    super('The cursor has expired. Read the orders that matter, and start again without this cursor.', { cause });
  }
}

/** An event does not have the next position of the log, so events may be missing. */
export class PositionGapError extends FeedError {
  override name = 'PositionGapError';

  constructor(expected: number, found: number) {
    super(
      `The next event must have the position ${expected} but has ${found}. Start again after the last stored cursor, ` +
        'and tell the operator of the API if this happens again.',
    );
  }
}
