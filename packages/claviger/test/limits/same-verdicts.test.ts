import { memoryStore } from "@claviger/memory";
import { asFoundStore, seededRandom, waitingStore } from "@claviger/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { openWorld } from "../support/open-world.js";
import { rejectionOf } from "../support/rejection.js";

const KEYS = 3;
const HERE = 0;

/** Two processes over one store, as their users meet them: all that they answer, and when. */
function openProcesses(store: ReturnType<typeof memoryStore>) {
  const [here, there] = [1, 2].map((seed) => openWorld(store, { random: seededRandom(seed) }));
  if (here === undefined || there === undefined) throw new Error("there are two");
  const tokens: string[] = [];
  const ids: string[] = [];
  const keyringOf = (process: number) => (process === HERE ? here : there).keyring;
  return {
    async create() {
      for (let key = 0; key < KEYS; key += 1) {
        const limits = [{ name: "all", kind: "rate", limit: 4, per: "1m", algorithm: "fixed" }] as const;
        const { key: created, token } = await here.keyring.create({ owner: `user_${key}`, name: "A key", limits });
        tokens.push(token);
        ids.push(created.id);
      }
    },
    async act({ process, key, verb, amount }: Step): Promise<unknown> {
      const keyring = keyringOf(process);
      const id = ids[key] ?? "";
      switch (verb) {
        case "verify":
          return keyring.verify(tokens[key], { cost: 1 + (amount % 2) });
        case "verify with a scope":
          return keyring.verify(tokens[key], { scopes: ["a"] });
        case "update":
          return keyring.update(id, { scopes: amount % 2 === 0 ? ["a"] : [] });
        case "limit":
          return keyring.update(id, { limits: amount === 0 ? [] : [{ name: "n", kind: "credits", limit: amount }] });
        case "rotate": {
          const { key: rotated, token } = await keyring.rotate(id, { overlap: amount * 10_000 });
          if (amount % 2 === 0) tokens[key] = token;
          return rotated;
        }
        case "suspend":
          return keyring.owners.suspend(`user_${key}`);
        case "wait":
          for (const { clock } of [here, there]) clock.advance(amount * 5_000);
          return undefined;
        default:
          return keyring[verb](id);
      }
    },
  };
}

interface Step {
  readonly process: number;
  readonly key: number;
  readonly verb: (typeof VERBS)[number];
  readonly amount: number;
}

const VERBS = [
  ...(["verify", "verify with a scope", "update", "limit", "rotate", "suspend", "wait"] as const),
  ...(["disable", "enable", "revoke", "delete"] as const),
];

const step: fc.Arbitrary<Step> = fc.record({
  process: fc.integer({ min: 0, max: 1 }),
  key: fc.integer({ min: 0, max: KEYS - 1 }),
  verb: fc.oneof({ weight: 3, arbitrary: fc.constant("verify" as const) }, fc.constantFrom(...VERBS)),
  amount: fc.nat(4),
});

it("a store that charges keys as they were found changes no verdict, whatever two processes do to them", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const asFound = openProcesses(asFoundStore(memoryStore()));
      const plain = openProcesses(waitingStore(memoryStore()));
      await asFound.create();
      await plain.create();
      for (const next of steps) {
        const outcome = async (processes: typeof plain) =>
          processes.act(next).catch((error: unknown) => rejectionOf(() => Promise.reject(error)));
        expect(await outcome(asFound)).toEqual(await outcome(plain));
      }
    }),
  );
});
