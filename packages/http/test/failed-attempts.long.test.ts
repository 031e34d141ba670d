import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { memoryStore } from "@claviger/memory";
import { createKeyring } from "claviger";
import { expect, it } from "vitest";
import { authenticate } from "../src/index.js";

const ADDRESSES = 1_000_000;
const MB = 2 ** 20;

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

function heapMb(): number {
  collect();
  return process.memoryUsage().heapUsed / MB;
}

it("a million addresses that send invalid keys leave the heap flat, and a valid key passes among them", async () => {
  const keyring = createKeyring({ store: memoryStore(), prefix: "acme_live", usage: false });
  const { token } = await keyring.create({ owner: "user_1", name: "test" });
  const decide = authenticate(keyring, { clientAddress: (ip: string) => ip, failedAttempts: { limit: 1, per: "1d" } });
  const admitted = async (ip: string, presented: string): Promise<boolean> =>
    (await decide(ip, { raw: {}, rawHeaders: ["X-API-Key", presented], peer: undefined })).admitted;
  const heaps: number[] = [heapMb()];
  let passed = 0;
  for (let sent = 1; sent <= ADDRESSES; sent += 1) {
    const ip = `2001:db8:${(sent >>> 16).toString(16)}:${(sent & 0xffff).toString(16)}::1`;
    if (await admitted(ip, "nonsense")) passed += 1;
    if (sent % 100_000 !== 0) continue;
    expect(await admitted(ip, token)).toBe(true);
    heaps.push(heapMb());
  }
  expect(passed).toBe(0);
  const [empty = 0, ...later] = heaps;
  expect(Math.max(...later) - empty).toBeLessThan(20);
  expect((later.at(-1) ?? 0) - (later[1] ?? 0)).toBeLessThan(2);
});
