import type pg from "pg";
import {
  type IRateLimiterOptions,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from "rate-limiter-flexible";
import { type Contestant, type Given, nothingToClose } from "../contestant.js";
import { idOf } from "./floor.js";

/** So much that it is never refused. */
const POINTS: IRateLimiterOptions = { points: 1_000_000_000, duration: 3_600 };

/**
 * rate-limiter-flexible in memory, by its documentation. It only counts, so whose key a token is, the given contestant
 * says before.
 */
export function flexibleMemory(first: Contestant): Contestant {
  const limiter = new RateLimiterMemory(POINTS);
  return {
    ...first,
    name: `${first.name} and rate-limiter-flexible`,
    async verify(token) {
      const answer = first.verify(token);
      return first.accepts(answer) ? limiter.consume(idOf(token)) : answer;
    },
    accepts: isAdmitted,
  };
}

/**
 * rate-limiter-flexible on PostgreSQL, by its documentation: one statement a request, through the same pool. Its best
 * setting for this, a table that is there already, and no sweep while it is timed. It only counts, so tokens of nobody
 * are told apart by a set.
 */
export async function flexiblePostgres(pool: pg.Pool, given: Given): Promise<Contestant> {
  const limiter = await new Promise<RateLimiterPostgres>((resolve, reject) => {
    const made = new RateLimiterPostgres(
      { ...POINTS, storeClient: pool, schemaName: "bench", tableName: "flexible", clearExpiredByTimeout: false },
      (error?: Error) => (error === undefined ? resolve(made) : reject(error)),
    );
  });
  const bad = new Set(given.proof.bad);
  return {
    name: "rate-limiter-flexible",
    ...given,
    verify: async (token) => (bad.has(token) ? undefined : limiter.consume(idOf(token))),
    accepts: isAdmitted,
    close: nothingToClose,
  };
}

function isAdmitted(answer: unknown): boolean {
  return answer instanceof RateLimiterRes;
}
