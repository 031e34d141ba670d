import { findOne, insertSample } from "@claviger/store-conformance/samples";
import { describe, expect, it } from "vitest";
import type { PgClient, PostgresJsClient } from "../src/client/client.js";
import { codeOf } from "../src/client/fault.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPooledPool, openPooledPostgresJs } from "./pooled-clients.js";

describe("behind a pooler that gives each transaction another connection", () => {
  it("statements are named until that fails, and unnamed ever after; no caller learns of it", async () => {
    const { client, end } = await openPooledPool();
    await migrate(client);
    const asked: { readonly named: boolean; readonly code: string | undefined }[] = [];
    const watched: PgClient = {
      query: (config) => {
        const named = config.name !== undefined;
        return client.query(config).then(
          (result) => {
            asked.push({ named, code: undefined });
            return result;
          },
          (error: unknown) => {
            asked.push({ named, code: codeOf(error) });
            throw error;
          },
        );
      },
    };
    const store = postgresStore({ client: watched });
    const key = await insertSample(store);
    for (let turn = 0; turn < 10; turn += 1) expect(await findOne(store, key.id)).toMatchObject({ id: key.id });

    const trouble = asked.findIndex(({ code }) => code !== undefined);
    expect(asked[trouble]).toEqual({ named: true, code: "26000" });
    expect(asked.slice(0, trouble).every(({ named }) => named)).toBe(true);
    expect(asked.slice(trouble + 1)).toEqual(
      Array.from({ length: 11 - trouble }, () => ({ named: false, code: undefined })),
    );
    await end();
  });

  it("many calls that fail so at once are each repeated, by themselves (26000 and 42P05)", async () => {
    const { client, end } = await openPooledPool();
    await migrate(client);
    const codes = new Set<unknown>();
    const watched: PgClient = {
      query: (config) =>
        client.query(config).catch((error: unknown) => {
          codes.add(codeOf(error));
          throw error;
        }),
    };
    const key = await insertSample(postgresStore({ client }));
    // Which trouble a call meets is the pooler's choice: as many rounds as it takes to have met both.
    for (let round = 0; round < 5 || (codes.size < 2 && round < 200); round += 1) {
      const store = postgresStore({ client: watched });
      const found = await Promise.all(Array.from({ length: 50 }, () => findOne(store, key.id)));
      expect(found.filter((one) => one?.id === key.id)).toHaveLength(50);
      // Once every connection knows the name, none would fail by 26000 any more: one of them is reset, as poolers do.
      await client.query({ text: "DEALLOCATE ALL", values: [] });
    }
    expect([...codes].sort()).toEqual(["26000", "42P05"]);
    await end();
  });

  it("postgres.js repeats by itself what fails so: that is noticed, and ends; and not even many at once get lost", async () => {
    const { client, end } = await openPooledPostgresJs({ max: 3 });
    await migrate(client);
    const asked: boolean[] = [];
    const watched: PostgresJsClient = {
      options: client.options,
      unsafe: (text, values, options) => {
        asked.push(options.prepare);
        return client.unsafe(text, values, options);
      },
    };
    const key = await insertSample(postgresStore({ client }));
    for (let round = 0; round < 5; round += 1) {
      const store = postgresStore({ client: watched });
      const found = await Promise.all(Array.from({ length: 60 }, () => findOne(store, key.id)));
      expect(found.filter((one) => one?.id === key.id)).toHaveLength(60);
      // Three had been asked before the first one's answer, and two more were before that was looked at.
      expect(asked.splice(0).filter((isPrepared) => isPrepared).length).toBeLessThan(15);
    }
    await end();
  });
});

describe("several stores over one client", () => {
  it("ask postgres.js no more at once, together, than it has connections; more than that, and it loses some", async () => {
    const { client, end } = await openPooledPostgresJs({ max: 2 });
    await migrate(client);
    const key = await insertSample(postgresStore({ client }));
    const stores = Array.from({ length: 10 }, () => postgresStore({ client }));
    for (let round = 0; round < 5; round += 1) {
      const found = await Promise.all(stores.flatMap((store) => [findOne(store, key.id), findOne(store, key.id)]));
      expect(found.filter((one) => one?.id === key.id)).toHaveLength(20);
    }
    await end();
  });
});
