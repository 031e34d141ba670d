/** A place in the order of (at, id). */
export interface Place {
  /** Epoch ms. */
  readonly at: number;
  readonly id: string;
}

const DIGITS = 16;

/** A time as texts sort: 16 digits hold every safe integer. */
export function timeText(at: number): string {
  return String(at).padStart(DIGITS, "0");
}

/** A place as a sort key. Ids are ASCII, of which DynamoDB's order, by bytes, is the order by code units. */
export function placeText({ at, id }: Place): string {
  return `${timeText(at)}#${id}`;
}

export function parsePlace(text: string): Place {
  return { at: Number(text.slice(0, DIGITS)), id: text.slice(DIGITS + 1) };
}
