import { checkAPIKey, extractShortToken, generateAPIKey } from "prefixed-api-key";
import { type Contestant, nothingToClose } from "../contestant.js";
import { tokenBook } from "../tokens/token-book.js";

const PROVED = 20;

/** prefixed-api-key, which stores nothing, by its documentation, and a `Map` from short token to hash. */
export async function prefixedApiKey(keys: number): Promise<Contestant> {
  const hashes = new Map<string, string>();
  const tokens: string[] = [];
  while (tokens.length < keys) {
    const made = await generateAPIKey({ keyPrefix: "bench" });
    if (made.token === undefined) throw new Error("prefixed-api-key made no token");
    hashes.set(made.shortToken, made.longTokenHash);
    tokens.push(made.token);
  }
  const good = tokens.slice(0, PROVED);
  return {
    name: "prefixed-api-key and a Map",
    asked: tokenBook(tokens),
    proof: { good, bad: [...good.map((token) => `${token}1`), "bench_11111111_111111111111111111111111"] },
    verify(token) {
      const hash = hashes.get(extractShortToken(token));
      return hash !== undefined && checkAPIKey(token, hash);
    },
    accepts: (answer) => answer === true,
    close: nothingToClose,
  };
}
