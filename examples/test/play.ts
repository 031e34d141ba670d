import { memoryStore } from "@claviger/memory";
import { fakeClock } from "@claviger/testing";
import type { Keyring, RegisteredScope, Store } from "claviger";
import { createClient } from "../src/demo/client.js";
import { countCalls } from "../src/demo/count-calls.js";
import { createNarrator } from "../src/demo/narrator.js";
import type { Stage } from "../src/demo/stage.js";
import { playStory } from "../src/demo/story.js";
import { APIS, type CreateApi } from "../src/frameworks.js";
import { createInvoicing } from "../src/invoicing.js";
import { createInvoicingKeyring } from "../src/keyring.js";
import { listen } from "../src/listen.js";

type InvoicingKeyring = Keyring<RegisteredScope>;

export interface Cast {
  readonly store?: Store;
  readonly createApi?: CreateApi;
  /** What becomes of the keyring that the API asks. */
  readonly served?: (keyring: InvoicingKeyring) => InvoicingKeyring;
  /** What becomes of the keyring that the story manages keys with. */
  readonly managed?: (keyring: InvoicingKeyring) => InvoicingKeyring;
  /** A clock that only `wait` moves, unless given. */
  readonly clock?: () => number;
  readonly wait?: Stage["wait"];
}

export interface Played {
  readonly transcript: string;
  /** What the story threw; undefined: every step was as promised. */
  readonly failure: unknown;
}

const NEVER_ABORTED = new AbortController().signal;

/** Plays the story in this process, over HTTP, with the API on a free port. */
export async function play(cast: Cast = {}): Promise<Played> {
  const clock = fakeClock();
  const { store, calls } = countCalls(cast.store ?? memoryStore());
  const peppers = [{ id: "test", secret: new Uint8Array(32).fill(7) }];
  const keyring = createInvoicingKeyring({ store, peppers, clock: cast.clock ?? clock.now });
  const createApi = cast.createApi ?? APIS.express.create;
  const server = await listen(createApi(cast.served?.(keyring) ?? keyring, createInvoicing()), 0);
  const lines: string[] = [];
  const tell = createNarrator((line) => lines.push(line), false);
  const stage: Stage = {
    keyring: cast.managed?.(keyring) ?? keyring,
    client: createClient(server.url, tell, NEVER_ABORTED),
    tell,
    storeCalls: calls,
    wait: cast.wait ?? (async (ms) => clock.advance(ms)),
    signal: NEVER_ABORTED,
  };
  const failure = await playStory(stage).catch((error: unknown) => error);
  await server.close();
  await keyring.close();
  return { transcript: lines.join("\n"), failure };
}
