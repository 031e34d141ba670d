import * as z from "zod/mini";
import { DEFAULT_OVERLAP_MS, MAX_OVERLAP_MS, MAX_REASON_LENGTH } from "../bounds.js";
import { ipAddress } from "../restriction/ip-address-text.js";
import { redactTokens } from "../token/redact.js";
import { duration } from "../value/duration.js";
import { flag } from "../value/flag.js";
import { fields, parseInput } from "../value/parse-input.js";
import { text } from "../value/text.js";
import { wholeNumber } from "../value/whole-number.js";
import { type Expiry, expiryFields, readExpiry } from "./expiry.js";

/** Why an act was done, and from where. */
export interface ActTerms {
  readonly reason: string | undefined;
  /** An IP address. */
  readonly address: string | undefined;
}

/** What a caller says of a change besides the change itself. */
export interface ChangeTerms extends ActTerms {
  readonly ifVersion: number | undefined;
}

export interface RevokeTerms extends ChangeTerms {
  readonly leaked: boolean;
}

export interface RotateTerms extends ChangeTerms {
  readonly overlapMs: number;
  readonly expiry: Expiry | undefined;
}

/** Schema of why an act was done. */
export const reason: z.ZodMiniOptional<z.ZodMiniType<string>> = z.optional(
  z.pipe(text(MAX_REASON_LENGTH), z.transform(withoutTokens)),
);

/** Schema of where an act came from. */
export const address: z.ZodMiniOptional<z.ZodMiniType<string>> = z.optional(ipAddress);

const changeFields = { ifVersion: z.optional(wholeNumber(1, Number.MAX_SAFE_INTEGER)), reason, address };
const changeSchema = fields(changeFields);
const actSchema = fields({ reason, address });
const revokeSchema = fields({ ...changeFields, leaked: z.optional(flag) });
const overlap = z.union(
  [
    z.pipe(
      z.literal(0),
      z.transform(() => 0),
    ),
    duration(MAX_OVERLAP_MS),
  ],
  "0, or a duration of at most 30 days",
);
const rotateSchema = fields({ ...changeFields, ...expiryFields, overlap: z.optional(overlap) });

/** @throws ClavigerError `invalid_input` */
export function parseActOptions(options: unknown = {}): ActTerms {
  const { reason, address } = parseInput("options", actSchema, options);
  return { reason, address };
}

/** @throws ClavigerError `invalid_input` */
export function parseChangeOptions(options: unknown = {}): ChangeTerms {
  const { ifVersion, reason, address } = parseInput("options", changeSchema, options);
  return { ifVersion, reason, address };
}

/** @throws ClavigerError `invalid_input` */
export function parseRevokeOptions(options: unknown = {}): RevokeTerms {
  const { ifVersion, reason, address, leaked = false } = parseInput("options", revokeSchema, options);
  return { ifVersion, reason, address, leaked };
}

/** @throws ClavigerError `invalid_input` */
export function parseRotateOptions(options: unknown = {}): RotateTerms {
  const input = parseInput("options", rotateSchema, options);
  const { ifVersion, reason, address, overlap: overlapMs = DEFAULT_OVERLAP_MS } = input;
  return { ifVersion, reason, address, overlapMs, expiry: readExpiry(input) };
}

const TOKEN_LIKE = /_[0-9A-Za-z]{16}_[0-9A-Za-z]{38}/;

// "found acme_live_… on GitHub": a reason goes into the log, where no token may be. Other long texts, such as the number
// of a ticket, stay.
function withoutTokens(given: string): string {
  return TOKEN_LIKE.test(given) ? redactTokens(given) : given;
}
