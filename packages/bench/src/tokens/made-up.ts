import { formatToken } from "@claviger/core";
import { type Numbers, seededNumbers } from "./numbers.js";

export const PREFIX = "bench_live";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ID_LENGTH = 16;
const SECRET_LENGTH = 32;

/** A token of nobody yet, and the id in it. */
export interface MadeUp {
  readonly id: string;
  readonly token: string;
}

/**
 * As many tokens as asked for, always the same ones for the same seed, so that a process can make again what another one
 * has put into a database. A real keyring draws them from the platform's generator.
 */
export function* madeUpTokens(count: number, seed: number): Generator<MadeUp> {
  const numbers = seededNumbers(seed);
  for (let index = 0; index < count; index += 1) {
    const id = text(ID_LENGTH, numbers);
    yield { id, token: formatToken(PREFIX, id, text(SECRET_LENGTH, numbers)) };
  }
}

/** A good token's id under another secret, an id that is nobody's, and a checksum that is another's. */
export function badTokens({ id, token }: MadeUp): readonly string[] {
  const [other] = [...madeUpTokens(1, 0xbad)];
  if (other === undefined) throw new Error("no token was made");
  return [formatToken(PREFIX, id, "0".repeat(SECRET_LENGTH)), other.token, withWrongChecksum(token)];
}

export function withWrongChecksum(token: string): string {
  const last = token.at(-1) === "0" ? "1" : "0";
  return token.slice(0, -1) + last;
}

function text(length: number, numbers: Numbers): string {
  let digits = "";
  while (digits.length < length) digits += DIGITS.charAt(numbers(DIGITS.length));
  return digits;
}
