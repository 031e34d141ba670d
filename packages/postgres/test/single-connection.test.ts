import { AMPLE, atOnce, changeOf, findOne, insertSample, sampleKey } from "@claviger/store-conformance/samples";
import { expect, it } from "vitest";
import type { PgClient } from "../src/client/client.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openClient, openPool } from "./clients.js";

/** Watches a client, in place: the most questions that it had before it at once. */
function mostAtOnce(client: PgClient): () => number {
  const query = client.query.bind(client);
  let open = 0;
  let most = 0;
  client.query = (config) => {
    open += 1;
    most = Math.max(most, open);
    return query(config).finally(() => {
      open -= 1;
    });
  };
  return () => most;
}

it("a Client of pg is asked one thing at a time, and goes on after a failure; a Pool is asked at will", async () => {
  for (const [open, most] of [
    [openClient, 1],
    [openPool, 20],
  ] as const) {
    const { client, end } = await open();
    await migrate(client);
    const store = postgresStore({ client });
    const key = await insertSample(store);
    const watched = mostAtOnce(client);
    const taken = { ...changeOf(key, "key.created"), type: "corrupt_key" } as const;
    await store.append([taken]);
    const other = sampleKey();
    const failing = store.insert(other, AMPLE, { ...changeOf(other, "key.created"), id: taken.id });
    const found = atOnce(19, () => findOne(store, key.id));
    await expect(failing).rejects.toMatchObject({ code: "23505" });
    expect((await found).map((one) => one?.id)).toEqual(Array.from({ length: 19 }, () => key.id));
    expect(watched()).toBe(most);
    await end();
  }
});
