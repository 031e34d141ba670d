import { formatToken } from "@claviger/core";

/** So many well-formed tokens, each with another id, of keys that nobody ever made. */
export function* unknownTokens(count: number): Generator<string> {
  const secret = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
  for (let made = 0; made < count; made += 1) {
    yield formatToken("acme_live", made.toString().padStart(16, "0"), secret);
  }
}
