import * as z from "zod/mini";
import { MAX_TENANT_LENGTH } from "../bounds.js";
import { ClavigerError } from "../errors.js";
import { isKeyId } from "../token/key-id.js";
import { isPlain } from "../value/is-plain.js";
import { fields, parseInput } from "../value/parse-input.js";
import { invalidInput } from "../value/refuse.js";
import { text } from "../value/text.js";
import { time } from "../value/time.js";
import { wholeNumber } from "../value/whole-number.js";
import { isHash } from "./chain.js";
import { type ChainHead, checkSeal, type KeptHead, type Seal } from "./seal.js";

/** What a caller wants verified, against what. */
export interface VerifyTerms {
  /** Absent: all keys of the tenant. */
  readonly keyId: string | undefined;
  /** Those out of a seal with its time. */
  readonly kept: readonly KeptHead[];
}

const keyId = z.custom<string>(isKeyId, "a key's id");
const hash = z.custom<string>(isHash, "64 lower-case hex digits");
const count = wholeNumber(0, Number.MAX_SAFE_INTEGER);
const head = fields({ keyId, version: wholeNumber(1, Number.MAX_SAFE_INTEGER), hash });
const sealFields = fields({ tenant: text(MAX_TENANT_LENGTH), sealedAt: time, root: hash, size: count });
// Heads and seal are read apart, and here only so that whoever misspells a field is told of them.
const schema = fields({
  keyId: z.optional(keyId),
  heads: z.optional(z.custom<unknown>()),
  seal: z.optional(z.custom<unknown>()),
});

/**
 * What to verify. Heads may have been kept as such or in a seal.
 *
 * @throws ClavigerError `invalid_input` naming the field; also for a seal of another tenant, or one that was touched
 */
export function parseVerifyInput(input: unknown, tenant: string): VerifyTerms {
  const { heads, seal, ...rest } = membersOf("input", input === undefined ? {} : input);
  const terms = parseInput("input", schema, rest);
  const kept = heads === undefined ? [] : readHeads("heads", heads);
  return { keyId: terms.keyId, kept: [...kept, ...(seal === undefined ? [] : sealedHeads(readSeal(seal, tenant)))] };
}

function sealedHeads({ heads, sealedAt }: Seal): readonly KeptHead[] {
  return heads.map((each) => ({ ...each, sealedAt }));
}

function readSeal(given: unknown, tenant: string): Seal {
  const { heads, ...rest } = membersOf("seal", given);
  const seal = { ...parseInput("seal.", sealFields, rest), heads: readHeads("seal.heads", heads) };
  if (seal.tenant !== tenant) throw invalidInput("seal.tenant", "the tenant whose events are verified", seal.tenant);
  if (!checkSeal(seal))
    throw invalidInput("seal.root", "the hash of the seal's heads: the seal was touched", seal.root);
  return seal;
}

// One by one: together they may be more than a snapshot takes. As many as a seal may have, which is as many as there are keys.
function readHeads(field: string, given: unknown): readonly ChainHead[] {
  const heads = looked(field, "an array of heads", given, () => (Array.isArray(given) ? upToHole(given) : undefined));
  return heads.map((each, index) => parseInput(`${field}[${index}].`, head, each));
}

/** The members, to the first that is none: an array may be far longer than what it holds. */
function upToHole(given: readonly unknown[]): readonly unknown[] {
  const members: unknown[] = [];
  for (let index = 0; index < given.length; index += 1) {
    members.push(given[index]);
    if (given[index] === undefined) break;
  }
  return members;
}

function membersOf(field: string, given: unknown): { readonly [name: string]: unknown } {
  return looked(field, "a plain object", given, () =>
    typeof given === "object" && given !== null && !Array.isArray(given) && isPlain(given) ? { ...given } : undefined,
  );
}

function looked<T>(field: string, allowed: string, given: unknown, look: () => T | undefined): T {
  let seen: T | undefined;
  try {
    seen = look();
  } catch (cause) {
    throw new ClavigerError("invalid_input", `${field} could not be read: looking at it threw`, { field, cause });
  }
  if (seen === undefined) throw invalidInput(field, allowed, given);
  return seen;
}
