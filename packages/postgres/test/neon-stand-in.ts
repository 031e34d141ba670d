import type { NeonClient } from "../src/client/client.js";
import type { TestClient } from "./clients.js";
import { openPooledPool } from "./pooled-clients.js";

interface ResultOptions {
  readonly arrayMode?: boolean;
  readonly fullResults?: boolean;
}

/**
 * What Neon's `neon()` returns, over the test server: no query meets the session of the one before, parameters travel as
 * texts, and rows come as the application has asked for once and for all, unless a query says otherwise.
 */
export async function openNeonStandIn(usual: ResultOptions = {}): Promise<TestClient<NeonClient>> {
  const { client: pool, url, end } = await openPooledPool();
  const template = (): never => {
    throw new Error("not as a tagged template");
  };
  const query = async (text: string, values: readonly unknown[], options: ResultOptions = {}) => {
    const { arrayMode = false, fullResults = false } = { ...usual, ...options };
    const texts = values.map((value) => (value === null ? null : String(value)));
    const result = await pool.query({ text, values: texts, ...(arrayMode && { rowMode: "array" as const }) });
    return fullResults ? result : result.rows;
  };
  return { client: Object.assign(template, { query, unsafe: () => ({}) }) as NeonClient, url, end };
}
