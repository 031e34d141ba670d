import { revokeTrials } from "@claviger/store-conformance";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool } from "./clients.js";

const TRIALS = 10_000;

describe(`promise 2: ${TRIALS} keys revoked amid verifies, usage writes and rehashes`, () => {
  let opened: Awaited<ReturnType<typeof openPool>>;
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client);
  });
  afterAll(() => opened.end());

  it.each(["one", "four"] as const)("none comes back: processes: %s", async (processes) => {
    const subject = {
      store: postgresStore({ client: opened.client }),
      process: {
        module: new URL("./open-store.ts", import.meta.url),
        argument: opened.url,
        execArgv: ["--import", "tsx", "-C", "source"],
      },
    };
    const { rehashed, accepted, denied } = await revokeTrials(subject, TRIALS, processes);
    // The race was one: each side won it, many times.
    expect(Math.min(rehashed, TRIALS - rehashed, accepted, denied)).toBeGreaterThan(TRIALS / 100);
  });
});
