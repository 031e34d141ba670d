import autocannon from "autocannon";
import type { Measure } from "../measure/measure.js";
import type { Served } from "./serve.js";

/** Fires from so many connections at once, one token after another. @throws Error where one answer was not 200 */
export async function fire({ url, tokens }: Served, connections: number, durationMs: number): Promise<Measure> {
  const result = await autocannon({
    url,
    connections,
    duration: durationMs / 1_000,
    requests: tokens.map((token) => ({ headers: { authorization: `Bearer ${token}` } })),
  });
  const failed = result.non2xx + result.errors;
  if (failed > 0) throw new Error(`${failed} of ${result.requests.total} good requests failed at ${url}`);
  // `duration` is rounded to a hundredth of a second.
  const elapsedMs = result.finish.getTime() - result.start.getTime();
  return { perSecond: (result.requests.total * 1_000) / elapsedMs, p99Ms: result.latency.p99 };
}

/** @throws Error unless a good token is let in and, but at the bare route, none and a bad one are kept out */
export async function proveServed({ url, tokens: [token = ""] }: Served, isBare: boolean): Promise<void> {
  const bad = token.slice(0, -1) + (token.endsWith("0") ? "1" : "0");
  const kept = isBare ? 200 : 401;
  for (const [authorization, expected] of [
    [`Bearer ${token}`, 200],
    [`Bearer ${bad}`, kept],
    ["", kept],
  ] as const) {
    const { status } = await fetch(url, { headers: { authorization } });
    if (status !== expected) throw new Error(`${url} must answer ${expected}; got ${status}`);
  }
}
