import { unknownPosition } from "@claviger/core";

/** A place in the feed: after this event of this transaction. */
export interface FeedPosition {
  readonly transaction: bigint;
  readonly place: bigint;
}

const POSITION = /^(0|[1-9]\d{0,19}):(0|[1-9]\d{0,18})$/;
const MAX_TRANSACTION = 2n ** 64n - 1n;
const MAX_PLACE = 2n ** 63n - 1n;

/**
 * @param text absent: before all events
 * @throws ClavigerError `invalid_input` what no store has given
 */
export function readFeedPosition(text: string | undefined): FeedPosition {
  const [, transaction, place] = POSITION.exec(text ?? "0:0") ?? [];
  if (transaction !== undefined && place !== undefined) {
    const position = { transaction: BigInt(transaction), place: BigInt(place) };
    if (position.transaction <= MAX_TRANSACTION && position.place <= MAX_PLACE) return position;
  }
  throw unknownPosition(text);
}
