import { migrate } from "@claviger/postgres";
import { createTestDatabase, startTransactionPooler } from "@claviger/testing";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import type { VerifierOptions } from "./verifier.process.js";

export interface Lines {
  readonly pool: () => pg.Pool;
  /** What two processes verify by, in every way that a signal can come or fail to. */
  readonly ways: (maxStaleMs: number) => readonly Way[];
}

export interface Way {
  readonly name: string;
  readonly verifiers: readonly [VerifierOptions, VerifierOptions];
  readonly cut: boolean;
  /** No verify that began so long after a revocation may be admitted. */
  readonly boundMs: number;
}

const MINUTE_MS = 60_000;

/** A database, and a pooler in front of it that passes no notification on. */
export function useLines(): Lines {
  let url = "";
  let poolerUrl = "";
  let pool: pg.Pool | undefined;
  let close: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    const database = await createTestDatabase();
    url = database.url;
    pool = new pg.Pool({ connectionString: url, max: 8 });
    pool.on("error", () => undefined);
    await migrate(pool);
    const pooler = await startTransactionPooler(url, 8);
    poolerUrl = pooler.url;
    close = async () => {
      await pooler.close();
      await pool?.end();
      await database.drop();
    };
  });
  afterAll(() => close?.());

  return {
    pool: () => {
      if (pool === undefined) throw new Error("the database is there once the tests run");
      return pool;
    },
    ways(maxStaleMs) {
      const plain = { url, clockOffsetMs: 0 };
      const cached = { ...plain, maxStaleMs };
      const heard = { ...cached, listenUrl: url };
      const way = (name: string, one: VerifierOptions, other: VerifierOptions, cut = false): Way => {
        return { name, verifiers: [one, other], cut, boundMs: one.maxStaleMs ?? 0 };
      };
      return [
        way("no cache", plain, plain),
        way("the signal", heard, heard),
        way(
          "the signal, one clock a minute behind, one a minute ahead",
          { ...heard, clockOffsetMs: -MINUTE_MS },
          { ...heard, clockOffsetMs: MINUTE_MS },
        ),
        way("no signal", cached, cached),
        way(
          "no signal, one clock a minute behind, one a minute ahead",
          { ...cached, clockOffsetMs: -MINUTE_MS },
          { ...cached, clockOffsetMs: MINUTE_MS },
        ),
        way("the listeners' connections cut", heard, heard, true),
        way(
          "listeners through a pooler that swallows NOTIFY",
          { ...heard, listenUrl: poolerUrl },
          { ...heard, listenUrl: poolerUrl },
        ),
      ];
    },
  };
}
