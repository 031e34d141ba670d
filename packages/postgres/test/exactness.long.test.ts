import { type Forked, forkModule } from "@claviger/testing";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool, type TestClient } from "./clients.js";
import { LIMIT, LIMITS, openKeyring, verifyAtOnce } from "./exactness.js";
import type { Load } from "./exactness-process.js";

const PROCESSES = 4;
const EACH = 250;

describe(`promise 3: through the keyrings of ${PROCESSES} processes`, () => {
  let opened: TestClient<pg.Pool>;
  let processes: readonly Forked<Load, number>[];
  const fork = () => forkModule<Load, number>(new URL("./exactness-process.ts", import.meta.url), opened.url);
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client);
    processes = await Promise.all(Array.from({ length: PROCESSES }, fork));
  });
  afterAll(async () => {
    await Promise.all(processes.map((each) => each.kill()));
    await opened.end();
  });

  const open = () => openKeyring(postgresStore({ client: opened.client }));
  const askAll = async (load: Load): Promise<number> =>
    (await Promise.all(processes.map((each) => each.ask(load)))).reduce((sum, admitted) => sum + admitted, 0);

  it.each(Object.entries(LIMITS))(
    `of 1,000 verifies at once ${LIMIT} are admitted, at a cost of 3, 33: %s`,
    async (_, limit) => {
      const made = await Promise.all(
        [1, 3].map((cost) => open().create({ owner: "anna", name: `At ${cost}`, limits: [limit] })),
      );
      const [one, costly] = made.map(({ token }) => token);
      expect(await askAll({ tokens: [one ?? ""], times: EACH })).toBe(LIMIT);
      expect(await askAll({ tokens: [costly ?? ""], times: EACH, cost: 3 })).toBe(33);
    },
  );

  it("what a second limit refuses spends no credits", async () => {
    const limits = [LIMITS.credits, { ...LIMITS["fixed window"], name: "few", limit: 40 }];
    const { token } = await open().create({ owner: "anna", name: "Two limits", limits });
    expect(await askAll({ tokens: [token], times: EACH })).toBe(40);
    const { limits: states = [] } = await open().verify(token);
    expect(states.map(({ remaining }) => remaining)).toEqual([LIMIT - 40, 0]);
  });

  it.each(Object.entries(LIMITS))(
    "never more, where processes are killed amid their verifies: %s",
    async (_, limit) => {
      const keyring = open();
      const { token } = await keyring.create({ owner: "anna", name: "Amid", limits: [{ ...limit, limit: 2_000 }] });
      const doomed = await Promise.all([fork(), fork()]);
      const answered = [...doomed, ...processes].map((each) =>
        each.ask({ tokens: [token], times: 600 }).catch(() => undefined),
      );
      // Some of the batches of those two are under way by then.
      for (let spent = 0; spent < 50; ) {
        const { rows } = await opened.client.query("SELECT count(*)::int AS rows FROM claviger.meters");
        spent += rows[0]?.rows > 0 ? 1 : 0;
      }
      await Promise.all(doomed.map((each) => each.kill()));
      const admitted = (await Promise.all(answered)).reduce<number>((sum, each) => sum + (each ?? 0), 0);
      const rest = await verifyAtOnce(keyring, [token], 2_500);
      expect(admitted + rest.admitted).toBeLessThanOrEqual(2_000);
      expect((await verifyAtOnce(keyring, [token], 5)).admitted).toBe(0);
    },
  );
});
