import { memoryStore } from "@claviger/memory";
import { createKeyring, type Keyring } from "claviger";
import { floor } from "../contestants/floor.js";
import { givenOf } from "../scenarios/memory-keys.js";
import { PREFIX } from "../tokens/made-up.js";
import { PEPPERS, SCOPES } from "../tokens/sample.js";
import { tokenBook } from "../tokens/token-book.js";

/** Who presents this value of `Authorization`? undefined: nobody. One line of it is all that the floor looks at. */
export type FloorGuard = (authorization: string | undefined) => unknown;

/** The same keys, as a keyring knows them and as the floor does. */
export interface KnownKeys {
  readonly keyring: Keyring;
  readonly floor: FloorGuard;
  readonly tokens: readonly string[];
}

const BEARER = "Bearer ";

/** A keyring as an application sets it up in front of a database: under a pepper, with a cache, usage counted. */
export async function issueKeys(count: number): Promise<KnownKeys> {
  const keyring = createKeyring({
    store: memoryStore(),
    prefix: PREFIX,
    peppers: PEPPERS,
    scopes: SCOPES,
    cache: { maxStaleMs: 5_000, maxEntries: 100_000 },
    settings: { maxKeysPerOwner: count },
  });
  const issued: { id: string; token: string }[] = [];
  while (issued.length < count) {
    const { key, token } = await keyring.create({ owner: "bench", name: "bench", scopes: ["invoices:read"] });
    issued.push({ id: key.id, token });
  }
  const tokens = issued.map(({ token }) => token);
  const { verify } = floor(tokens, givenOf(issued.slice(0, 1), tokenBook(tokens)));
  return {
    keyring,
    floor: (authorization) =>
      authorization?.startsWith(BEARER) === true ? verify(authorization.slice(BEARER.length)) : undefined,
    tokens,
  };
}
