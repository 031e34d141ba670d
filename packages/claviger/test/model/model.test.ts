import type { Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { fakeClock, recordingStore, seededRandom } from "@claviger/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createKeyring } from "../../src/create-keyring.js";
import { usePostgres } from "../support/on-each-store.js";
import { PEPPER } from "../support/open-world.js";
import { type Book, MAX_KEYS, type Real } from "./book.js";
import { stories } from "./commands.js";
import { expectFinalVerdicts } from "./expectations.js";

const RUNS_IN_MEMORY = 2_000;
const RUNS_ON_POSTGRES = 240;
const SIDE_BY_SIDE = 4;

let played = 0;

/** Plays stories against the model; a failure is shrunk, and printed with the seed that repeats it. */
async function playStories(createStore: () => Store, numRuns: number, seed?: number): Promise<void> {
  const property = fc.asyncProperty(stories, async (story) => {
    played += 1;
    const clock = fakeClock();
    const { store, events } = recordingStore(createStore());
    const options = {
      store,
      prefix: "acme_live",
      peppers: [PEPPER],
      clock: clock.now,
      settings: { maxKeysPerOwner: MAX_KEYS },
    };
    const keyrings = [seededRandom(played * 2), seededRandom(played * 2 + 1)].map((random) =>
      createKeyring({ ...options, random }),
    );
    const book: Book = { keys: [] };
    const real: Real = { keyrings, clock, owner: `owner ${played}` };
    await fc.asyncModelRun(() => ({ model: book, real }), story);
    await expectFinalVerdicts(book, real);
    for (const { id, key } of book.keys) {
      const versions = events
        .filter(({ keyId, type }) => keyId === id && type !== "key.refused")
        .map(({ version }) => version);
      expect(versions).toEqual(Array.from({ length: key.version }, (_, index) => index + 1));
      const report = await keyrings[0]?.events.verify({ keyId: id });
      expect(report).toMatchObject({ ok: true, keys: 1, events: key.version, damage: [] });
    }
  });
  await fc.assert(property, { numRuns, ...(seed !== undefined && { seed }) });
}

it("in memory a keyring does what the model says", () => playStories(memoryStore, RUNS_IN_MEMORY), 120_000);

const { createStore } = usePostgres(8);

it("on PostgreSQL too, several of them side by side on one database", async () => {
  const { seed = 0 } = fc.readConfigureGlobal();
  const runs = RUNS_ON_POSTGRES / SIDE_BY_SIDE;
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, (_, index) => playStories(createStore, runs, seed + index)));
}, 120_000);
