import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { APIS } from "../frameworks.js";
import { createInvoicing } from "../invoicing.js";
import { createInvoicingKeyring } from "../keyring.js";
import { listen } from "../listen.js";
import type { DemoOptions } from "./arguments.js";
import { createClient } from "./client.js";
import { countCalls } from "./count-calls.js";
import type { Narrator } from "./narrator.js";
import { serve } from "./serve.js";
import { openStorage, type Storage } from "./storage.js";
import { playStory } from "./story.js";
import { tidyAfter } from "./tidy-after.js";

/** The command's options, and where the keys are kept. */
export interface RunOptions extends DemoOptions {
  /** Absent: in memory. */
  readonly databaseUrl: string | undefined;
}

/**
 * Opens everything that the demo needs, plays the story, serves if asked to, and closes everything again.
 *
 * @param signal aborted: stop now, and tidy up
 * @throws StepFailed where a step was not as promised; the system's or the driver's error where there is no port or database
 */
export async function runDemo(options: RunOptions, tell: Narrator, signal: AbortSignal): Promise<void> {
  const storage = await openStorage(options.databaseUrl);
  try {
    await runOver(storage, options, tell, signal);
    if (options.serve) tell.say("\nThe server is stopped, and the key is deleted.");
    if (storage.leftBehind !== undefined) tell.say(`\n${storage.leftBehind}`);
  } finally {
    await storage.close();
  }
}

async function runOver(storage: Storage, options: RunOptions, tell: Narrator, signal: AbortSignal): Promise<void> {
  const { store, calls } = countCalls(storage.store);
  const keyring = createInvoicingKeyring({ store, peppers: [{ id: "demo", secret: randomBytes(32) }] });
  const api = APIS[options.framework];
  const server = await listen(api.create(keyring, createInvoicing()), options.port);
  try {
    tell.say(`An invoicing API on ${api.title}, at ${server.url}. Its keys are kept ${storage.where}.`);
    tell.say("Clients speak HTTP to it (> and <). Keys are managed inside the service, with keyring.… calls.");
    await tidyAfter(keyring, async (tidied) => {
      const client = createClient(server.url, tell, signal);
      const wait = (ms: number) => delay(ms, undefined, { signal });
      await playStory({ keyring: tidied, client, tell, storeCalls: calls, wait, signal });
      tell.say("\n\nEvery step was as promised.");
      if (options.serve) await serve(server.url, tidied, tell, signal);
    });
  } finally {
    await server.close();
    await keyring.close();
  }
}
