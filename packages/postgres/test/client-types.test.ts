import type { PGlite, Transaction } from "@electric-sql/pglite";
import type {
  PoolClient as NeonPoolClient,
  NeonQueryFunction,
  Client as NeonWsClient,
  Pool as NeonWsPool,
} from "@neondatabase/serverless";
import type pg from "pg";
import type postgres from "postgres";
import { expectTypeOf, it } from "vitest";
import type { NeonClient, PgClient, PgliteClient, PostgresClient, PostgresJsClient } from "../src/client/client.js";
import type { ListenConnection } from "../src/signal/listen-connection.js";

it("every driver's own types fit, without a cast", () => {
  expectTypeOf<pg.Pool>().toExtend<PgClient>();
  expectTypeOf<pg.Client>().toExtend<PgClient>();
  expectTypeOf<NeonWsPool>().toExtend<PgClient>();
  expectTypeOf<NeonWsClient>().toExtend<PgClient>();
  expectTypeOf<postgres.Sql>().toExtend<PostgresJsClient>();
  expectTypeOf<PGlite>().toExtend<PgliteClient>();
  expectTypeOf<NeonQueryFunction<false, false>>().toExtend<NeonClient>();
  expectTypeOf<NeonQueryFunction<true, true>>().toExtend<NeonClient>();
});

it("what connect of pg's Pool and of Neon's gives can be listened on, without a cast; what has no connection of its own cannot", () => {
  expectTypeOf<pg.PoolClient>().toExtend<ListenConnection>();
  expectTypeOf<NeonPoolClient>().toExtend<ListenConnection>();
  expectTypeOf<pg.Pool>().not.toExtend<ListenConnection>();
  expectTypeOf<postgres.ReservedSql>().not.toExtend<ListenConnection>();
});

it("what fits one driver's client fits no other's, and what is none fits none", () => {
  expectTypeOf<NeonQueryFunction<false, false>>().not.toExtend<PgClient | PostgresJsClient | PgliteClient>();
  expectTypeOf<PGlite>().not.toExtend<PgClient | PostgresJsClient | NeonClient>();
  expectTypeOf<pg.Pool>().not.toExtend<NeonClient | PgliteClient | PostgresJsClient>();
  expectTypeOf<postgres.Sql>().not.toExtend<NeonClient | PgliteClient | PgClient>();
  expectTypeOf<{ query: (text: string) => Promise<string> }>().not.toExtend<PostgresClient>();
  expectTypeOf<Transaction["rollback"]>().toBeFunction();
});
