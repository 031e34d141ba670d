import { limitedKey } from "./test/limits/limited-key.ts";
const worst = new Map<number, number>();
for (let per = 1; per <= 6; per++) for (let n = 1; n <= Math.min(per * 1000, 1500); n++) {
  const key = limitedKey([{ name: "b", kind: "rate", limit: n, per, algorithm: "gcra" }]);
  const start = 1e12; let now = start, got = key.burst(now);
  for (let r = 0; r < 20; r++) { now += key.spend(now).refusal!.retryAfterMs!; got += key.burst(now); }
  const want = n + Math.floor(((now - start) * 1000) / ((per * 1000) / n + 1));
  if (got < want) worst.set(per, Math.max(worst.get(per) ?? 0, (want - got) / (now - start)));
}
console.log("largest shortfall in units a ms, by period in ms:", [...worst]);
