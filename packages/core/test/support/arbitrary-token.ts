import fc from "fast-check";
import { BASE62 } from "../../src/token/base62.js";
import { formatToken } from "../../src/token/token.js";

export interface TokenParts {
  readonly prefix: string;
  readonly id: string;
  readonly secret: string;
  readonly token: string;
}

function arbitraryBase62(length: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...BASE62), minLength: length, maxLength: length });
}

/** The grammar of a prefix, apart from the code that reads it. */
export const PREFIX_GRAMMAR: RegExp = /^(?=.{2,24}$)[a-z][a-z0-9]*(?:_[a-z][a-z0-9]*){0,2}$/;

const segment = fc.oneof(fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/), fc.stringMatching(/^[a-z][a-z0-9]{13,23}$/));

/** With and without underscores, and with segments as long as an id. */
export const arbitraryPrefix: fc.Arbitrary<string> = fc
  .array(segment, { minLength: 1, maxLength: 3 })
  .map((segments) => segments.join("_"))
  .filter((prefix) => PREFIX_GRAMMAR.test(prefix));

export const arbitraryToken: fc.Arbitrary<TokenParts> = fc
  .record({ prefix: arbitraryPrefix, id: arbitraryBase62(16), secret: arbitraryBase62(32) })
  .map(({ prefix, id, secret }) => ({ prefix, id, secret, token: formatToken(prefix, id, secret) }));
