import { describe, expect, it } from "vitest";
import type { Keyring } from "../../src/keyring.js";
import { usePostgres } from "../support/on-each-store.js";
import { openWorld } from "../support/open-world.js";

const TRIALS = 15;
const VERIFIERS = 24;
const LATER = 48;

const ENDINGS: { readonly [verb: string]: { end: (keyring: Keyring, id: string) => Promise<unknown>; code: string } } =
  {
    revoke: { end: (keyring, id) => keyring.revoke(id), code: "revoked" },
    "revoke, leaked": { end: (keyring, id) => keyring.revoke(id, { leaked: true }), code: "compromised" },
    disable: { end: (keyring, id) => keyring.disable(id), code: "disabled" },
    delete: { end: (keyring, id) => keyring.delete(id), code: "unknown" },
  };

/** A turn of the event loop, so that even verdicts that wait for nothing let the others act. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("promise 1: what begins after the end fails, at once, for every keyring over the store", () => {
  const { createStore } = usePostgres(VERIFIERS);

  it.each(Object.entries(ENDINGS))("%s, while two dozen connections verify", async (_, { end, code }) => {
    const [one, other] = [openWorld(createStore()), openWorld(createStore())];
    let before = 0;
    for (let trial = 0; trial < TRIALS; trial += 1) {
      const limits = trial % 2 === 0 ? [] : [{ name: "many", kind: "credits", limit: 1_000_000 } as const];
      const { key, token } = await one.keyring.create({ owner: `owner ${trial}`, name: "A key", limits });
      const verdictOf = async (keyring: Keyring): Promise<string> => {
        const verdict = await keyring.verify(token);
        return verdict.ok ? "ok" : verdict.code;
      };

      let ended = false;
      const seen: string[] = [];
      const verifyUntilEnded = async (keyring: Keyring): Promise<void> => {
        while (!ended) {
          seen.push(await verdictOf(keyring));
          await turn();
        }
      };
      const verifiers = Array.from({ length: VERIFIERS }, (_, index) =>
        verifyUntilEnded(index % 2 === 0 ? one.keyring : other.keyring),
      );
      try {
        expect(await verdictOf(other.keyring)).toBe("ok");
        await end(one.keyring, key.id);
        const later = Array.from({ length: LATER }, (_, index) =>
          verdictOf(index % 2 === 0 ? one.keyring : other.keyring),
        );
        expect(new Set(await Promise.all(later))).toEqual(new Set([code]));
      } finally {
        ended = true;
      }
      await Promise.all(verifiers);
      before += seen.filter((verdict) => verdict === "ok").length;
      expect(new Set(["ok", code, ...seen])).toEqual(new Set(["ok", code]));
    }
    expect(before).toBeGreaterThan(TRIALS);
  });
});
