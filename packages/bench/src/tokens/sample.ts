import { createPepperRing, type LimitInput, type Pepper, type ScopeCatalogue, type Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { createKeyring, defineScopes } from "claviger";
import { type MadeUp, PREFIX } from "./made-up.js";

/** What every keyring here is given. One pepper. */
export const PEPPERS: readonly Pepper[] = [{ id: "bench", secret: new Uint8Array(32).fill(7) }];
export const SCOPES: ScopeCatalogue<string> = defineScopes({ invoices: ["read", "write"], payments: ["read", "send"] });
export const CLIENT_ADDRESS = "10.1.2.3";

/** So much that it is never refused: what is timed is to admit. */
export const EXACT_LIMIT: LimitInput = { name: "burst", kind: "rate", limit: 60_000_000, per: "1m" };

/** What a keyring asks of a store to have a key inserted. */
export type Insertion = Parameters<Store["insert"]>;

const RING = createPepperRing(PEPPERS);

/**
 * An ordinary key as a keyring would insert it: three scopes, one IP range, an expiry. Copies of it fill a store faster
 * than a keyring could.
 */
export async function sampleInsertion(limits: readonly LimitInput[]): Promise<Insertion> {
  const inserted: Insertion[] = [];
  const store = memoryStore();
  const keyring = createKeyring({
    store: {
      ...store,
      insert: (...insertion) => {
        inserted.push(insertion);
        return store.insert(...insertion);
      },
    },
    prefix: PREFIX,
    peppers: PEPPERS,
    scopes: SCOPES,
  });
  await keyring.create({
    owner: "user_0",
    name: "Invoice export",
    scopes: ["invoices:read", "invoices:write", "payments:read"],
    expiresIn: "90d",
    restrictions: { ip: { allow: ["10.0.0.0/8"] } },
    limits,
  });
  await keyring.close();
  const [insertion] = inserted;
  if (insertion === undefined) throw new Error("the keyring has inserted nothing");
  return insertion;
}

/** The same key under another id and token, of another owner, a moment later. */
export function copyOf([key, cap, event]: Insertion, { id, token }: MadeUp, owner: string, index: number): Insertion {
  const at = key.createdAt + index;
  return [
    { ...key, id, owner, createdAt: at, digest: RING.sign(token) },
    { ...cap, maxLive: Number.MAX_SAFE_INTEGER },
    { ...event, id: `event-${id}`, keyId: id, at, data: { ...event.data, owner } },
  ];
}

/** A token's digest as the keyrings here store it, as hex. */
export function digestOf(token: string): string {
  return RING.sign(token).hex;
}
