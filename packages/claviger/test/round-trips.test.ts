import { migrate, postgresStore } from "@claviger/postgres";
import type pg from "pg";
import { beforeEach, describe, expect, it } from "vitest";
import { createKeyring } from "../src/create-keyring.js";
import type { Keyring } from "../src/keyring.js";
import { usePostgres } from "./support/on-each-store.js";

const { pool } = usePostgres(8);

/** What went over the line, by its first word, as the driver was asked. */
function countedClient(): { readonly client: Pick<pg.Pool, "query">; readonly asked: string[] } {
  const asked: string[] = [];
  const query = (config: { text: string; values: unknown[]; name?: string }): Promise<pg.QueryResult> => {
    asked.push(config.text.trim());
    return pool().query(config);
  };
  return { client: Object.assign(Object.create(null), { query }), asked };
}

const isWrite = (statement: string): boolean => /\b(INSERT|UPDATE|DELETE|notify)\b/i.test(statement);

describe("round trips of one verify, counted at the driver", () => {
  let keyring: Keyring;
  let asked: string[];
  let tokens: readonly string[];

  async function open(cache: boolean): Promise<void> {
    await migrate(pool());
    const counted = countedClient();
    asked = counted.asked;
    keyring = createKeyring({
      store: postgresStore({ client: counted.client }),
      prefix: "acme_live",
      ...(cache && { cache: { maxStaleMs: 60_000, maxEntries: 1_000 } }),
    });
    const issued = await Promise.all(
      Array.from({ length: 3 }, () => keyring.create({ owner: "user_1", name: "A key" })),
    );
    tokens = issued.map(({ token }) => token);
    // The gates of tenant and owner are known from here on.
    await keyring.verify(tokens[2]);
    asked.length = 0;
  }

  describe.each([{ cache: true }, { cache: false }])("with %o", ({ cache }) => {
    beforeEach(() => open(cache));

    it("a cold one takes one statement, a read", async () => {
      expect(await keyring.verify(tokens[0])).toMatchObject({ ok: true });
      expect(asked).toHaveLength(1);
      expect(asked.filter(isWrite)).toEqual([]);
    });

    it(cache ? "a warm one none" : "and so does every other", async () => {
      await keyring.verify(tokens[0]);
      asked.length = 0;
      for (let times = 0; times < 10; times += 1) expect((await keyring.verify(tokens[0])).ok).toBe(true);
      expect(asked).toHaveLength(cache ? 0 : 10);
    });

    it("what it did with the keys is written later, by one statement for all", async () => {
      for (const token of [...tokens, ...tokens]) await keyring.verify(token);
      expect(asked.filter(isWrite)).toEqual([]);
      asked.length = 0;
      await keyring.flush();
      expect(asked).toHaveLength(1);
      expect(asked.filter(isWrite)).toHaveLength(1);
    });
  });
});
