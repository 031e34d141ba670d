import type { ChargeRequest, Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { sampleKey } from "@claviger/store-conformance/samples";
import { describe, expect, it, vi } from "vitest";
import { turn } from "../../test/batches/support/held-sends.js";
import { batchedStore } from "./batched-store.js";

const CALLERS = 12;
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const spend = (keyId: string, limit: number): ChargeRequest => ({
  tenant: "t",
  keyId,
  charges: [{ form: "window", meter: "credits:c", windowAt: 0, add: 1, ceiling: limit }],
  units: 1,
});

/** A store in memory whose calls are counted, method by method, and answered in a turn of their own. */
function counted() {
  const inner = memoryStore();
  const slowly = <Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>) =>
    vi.fn(async (...given: Given) => {
      await turn();
      return call(...given);
    });
  const calls = {
    find: slowly((ids: readonly string[], tenant?: string) => inner.find(ids, tenant)),
    consume: slowly(inner.consume),
    get: slowly(inner.settings.get),
    read: slowly(inner.owners.read),
    close: vi.fn(inner.close),
  };
  const { find, consume, get, read, close } = calls;
  const settings = { ...inner.settings, get };
  const owners = { ...inner.owners, read };
  const store: Store = { ...inner, find, consume, close, settings, owners };
  return { store: batchedStore(store), calls, inner };
}

describe("batchedStore", () => {
  it("reads what is asked for at once by two calls: one for who came first, one for all others, each name once", async () => {
    const { store, calls } = counted();
    const names = upTo(CALLERS).map((caller) => `n${caller % 5}`);
    const found = await Promise.all(names.map((name) => store.find([name])));
    expect(found).toEqual(names.map(() => [undefined]));
    expect(calls.find.mock.calls.map(([ids]) => ids)).toEqual([["n0"], ["n1", "n2", "n3", "n4", "n0"]]);
    await turn();
    await Promise.all(names.map((name) => store.settings.get([name])));
    expect(calls.get.mock.calls.map(([tenants]) => tenants)).toEqual([["n0"], ["n1", "n2", "n3", "n4", "n0"]]);
    await turn();
    const standings = await Promise.all(
      names.map((owner, index) => store.owners.read([{ tenant: `t${index % 2}`, owner }])),
    );
    expect(standings).toEqual(names.map(() => [{ suspendedAt: null }]));
    expect(calls.read.mock.calls.map(([owners]) => owners.length)).toEqual([1, 10]);
  });

  it("sends what the callers of one batch ask for next together, of whatever kind it is", async () => {
    const { store, calls } = counted();
    const verify = async (caller: number): Promise<void> => {
      await store.find([`n${caller % 5}`]);
      await store.owners.read([{ tenant: "t", owner: `o${caller}` }]);
      await store.consume([spend("hot", CALLERS)], 1);
    };
    await Promise.all([store.find(["alone"]), ...upTo(CALLERS).map(verify)]);
    expect(calls.find.mock.calls.map(([ids]) => ids.length)).toEqual([1, 5]);
    expect(calls.read.mock.calls.map(([owners]) => owners.length)).toEqual([CALLERS]);
    expect(calls.consume.mock.calls.map(([requests]) => requests.map(({ units }) => units))).toEqual([[CALLERS]]);
  });

  it("freezes what several get of one read, and leaves alone what one gets", async () => {
    const record = (id: string) => ({ ...sampleKey(), id, lastUsedAt: null });
    const { store, calls } = counted();
    calls.find.mockImplementation(async (ids) => {
      await turn();
      return ids.map(record);
    });
    const [first, ...others] = (await Promise.all(["a", "b", "c", "b", "b"].map((id) => store.find([id])))).flat();
    const [b, c, ...again] = others;
    expect([first, c].map((key) => Object.isFrozen(key))).toEqual([false, false]);
    expect(again).toEqual([b, b]);
    for (const key of again) expect(key).toBe(b);
    expect([b, b?.state !== "destroyed" && b?.limits, b?.state !== "destroyed" && b?.metadata]).toSatisfy(
      (parts: unknown[]) => parts.every(Object.isFrozen),
    );
  });

  it("gives several what cannot be frozen as it is", async () => {
    const { store, calls } = counted();
    calls.find.mockImplementation(async (ids) => {
      await turn();
      return ids.map((id) => Object.assign(sampleKey(), { id, lastUsedAt: null, extra: Buffer.from("extra") }));
    });
    const found = (await Promise.all(["a", "b", "b"].map((id) => store.find([id])))).flat();
    expect(found.map((key) => key?.id)).toEqual(["a", "b", "b"]);
    expect(calls.find).toHaveBeenCalledTimes(2);
  });

  it("makes one request of charges to one key, and admits exactly as many as fit", async () => {
    const { store, calls } = counted();
    const results = await Promise.all(upTo(CALLERS).map(() => store.consume([spend("hot", 7)], 1)));
    expect(results.map(([result]) => result?.admitted)).toEqual(upTo(CALLERS).map((caller) => (caller < 7 ? 1 : 0)));
    const left = results.map(([result]) => result?.meters);
    expect(left).toEqual(
      upTo(CALLERS).map((caller) => [{ form: "window", windowAt: 0, used: Math.min(7, caller + 1) }]),
    );
    expect(calls.consume.mock.calls.map(([requests]) => requests.map(({ units }) => units))).toEqual([
      [1],
      [CALLERS - 1],
    ]);
  });

  it("lets a call for several go by itself, and a read of one tenant's keys, and all else", async () => {
    const { store, calls, inner } = counted();
    const { find, consume, settings, owners, close, ...rest } = store;
    expect(inner).toMatchObject(rest);
    const several = [
      () => find(["a", "b"]),
      () => find(["a"], "t"),
      () => find([]),
      () => consume([spend("a", 1), spend("b", 1)], 1),
      () => settings.get(["a", "b"]),
      () => owners.read([]),
    ];
    await Promise.all([...several, ...several].map((call) => call()));
    expect(calls.find).toHaveBeenCalledTimes(6);
    expect(calls.find.mock.calls.map(([ids, tenant]) => [ids, tenant]).slice(0, 2)).toEqual([
      [["a", "b"], undefined],
      [["a"], "t"],
    ]);
    expect(calls.consume).toHaveBeenCalledTimes(2);
    expect(calls.get).toHaveBeenCalledTimes(2);
    expect(calls.read).toHaveBeenCalledTimes(2);
  });

  it("closes once what was asked for is answered", async () => {
    const { store, calls } = counted();
    const answered = vi.fn();
    const asked = Promise.all(upTo(CALLERS).map((caller) => store.find([`n${caller}`]).then(answered)));
    await store.close();
    expect(answered).toHaveBeenCalledTimes(CALLERS);
    expect(calls.close).toHaveBeenCalledTimes(1);
    await asked;
  });
});
