import { describe, expect, it } from "vitest";
import type { PostgresClient } from "../src/client/client.js";
import { type PostgresStoreOptions, postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";

const client: PostgresClient = { query: () => Promise.resolve({ rows: [] }) };

describe("postgresStore", () => {
  it("refuses an unknown option by name, and says which there are", () => {
    const misspelt = { client, shema: "x" } as PostgresStoreOptions;
    expect(() => postgresStore(misspelt)).toThrow(
      new TypeError('postgresStore has no option "shema"; allowed: client, schema, tablePrefix, listen'),
    );
  });

  it.each([null, undefined, "postgres://u:p@h/d", 7])("refuses %j for options", (given) => {
    expect(() => postgresStore(given as never)).toThrow(TypeError);
    expect(() => postgresStore(given as never)).not.toThrow("u:p@h");
  });

  it.each([undefined, null, "postgres://u:p@h/d", {}, { query: "SELECT 1" }, () => {}])(
    "refuses %j for a client, and says what one is",
    (given) => {
      const options = { client: given } as unknown as PostgresStoreOptions;
      expect(() => postgresStore(options)).toThrow(
        /^client must be a Pool or Client of pg, what postgres.js or neon\(\) returns, or a PGlite; got /,
      );
      expect(() => postgresStore(options)).not.toThrow("u:p@h");
    },
  );

  it("says how a client is handed in, where it was handed in bare", () => {
    for (const bare of [client, Object.assign(() => [], { unsafe: () => [] })]) {
      expect(() => Reflect.apply(postgresStore, undefined, [bare])).toThrow("postgresStore({ client })");
    }
  });

  it("goes by the server's clock, and says so", () => {
    const { capabilities } = postgresStore({ client });
    expect(capabilities).toEqual({ meterClock: "store", lists: "current", sharedMeters: true, signal: "none" });
    expect(Object.isFrozen(capabilities)).toBe(true);
  });

  it("hears of changes only with a way to listen, and says so", async () => {
    expect(postgresStore({ client }).watch).toBeUndefined();
    const store = postgresStore({ client, listen: () => Promise.reject(new Error("nothing to listen on")) });
    expect(store.capabilities.signal).toBe("sent");
    expect(store.watch).toBeTypeOf("function");
    await store.close();
  });

  it.each([null, true, "postgres://u:p@h/d", client])(
    "refuses %j for a way to listen, and says what one is",
    (given) => {
      const options = { client, listen: given } as unknown as PostgresStoreOptions;
      expect(() => postgresStore(options)).toThrow(TypeError);
      expect(() => postgresStore(options)).toThrow(/^listen must be .*\(\) => pool\.connect\(\); got /);
      expect(() => postgresStore(options)).not.toThrow("u:p@h");
    },
  );
});

describe("migrate", () => {
  it("refuses an unknown option and a wrong client as postgresStore does, but as a rejection", async () => {
    await expect(migrate(client, { tableprefix: "x" } as never)).rejects.toThrow('migrate has no option "tableprefix"');
    await expect(migrate({} as never)).rejects.toThrow("client must be");
  });
});
