import * as z from "zod/mini";
import { MAX_PAGE_SIZE } from "../bounds.js";
import { fields, parseInput } from "../value/parse-input.js";
import { text } from "../value/text.js";
import { wholeNumber } from "../value/whole-number.js";

const MAX_POSITION_LENGTH = 200;

/** From where a caller reads on, and how far. */
export interface FeedRequest {
  /** Absent: from the beginning. */
  readonly position: string | undefined;
  readonly limit: number;
}

const schema = fields({ limit: z.optional(wholeNumber(1, MAX_PAGE_SIZE)) });

/** @throws ClavigerError `invalid_input` naming the field */
export function parseFeedInput(position: unknown, options: unknown = {}): FeedRequest {
  const { limit = MAX_PAGE_SIZE } = parseInput("options", schema, options);
  return { position: parseInput("position", z.optional(text(MAX_POSITION_LENGTH)), position), limit };
}
