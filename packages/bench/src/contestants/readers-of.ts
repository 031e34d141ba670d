import type { Given } from "../contestant.js";
import { idOf } from "./floor.js";

/** What a contestant is proved with that only looks whether there is such a key: a wrong secret is no matter to it. */
export function readersOf({ asked, proof }: Given): Given {
  const ids = new Set(proof.good.map(idOf));
  return { asked, proof: { good: proof.good, bad: proof.bad.filter((token) => !ids.has(idOf(token))) } };
}
