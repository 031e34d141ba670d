import type { Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { consumeOne, credits, requestOf } from "../charge-sample.js";
import { suspension } from "../event-samples.js";
import { listen } from "../listen.js";
import {
  AMPLE,
  asStored,
  changed,
  changeOf,
  findOne,
  freshTenant,
  insertSample,
  NOW_MS,
  replaceSample,
  sampleKey,
} from "../samples.js";
import { usageNow, usageOf } from "../usage-sample.js";
import { eventsOfTenant } from "../walk-events.js";
import { type Fault, faultPlans, mildFaults } from "./fault.js";
import { InjectedFault } from "./injected-fault.js";
import { withFaults } from "./with-faults.js";

/** The names of the methods that reach the store, one a call. */
function watched(calls: string[]): Store {
  const store = memoryStore();
  return {
    ...store,
    find: (ids, tenant) => {
      calls.push(`find ${ids.length}`);
      return store.find(ids, tenant);
    },
    insert: (key, cap, event) => {
      calls.push("insert");
      return store.insert(key, cap, event);
    },
    append: (events) => {
      calls.push(`append ${events.length}`);
      return store.append(events);
    },
  };
}

const settled = (store: Store): Promise<void> => store.close();

describe("withFaults", () => {
  it("without faults is the store", async () => {
    const store = withFaults(memoryStore(), []);
    const key = await insertSample(store);
    expect(await store.find([key.id])).toEqual([asStored(key)]);
  });

  it("meets one fault a call, in the order of the plan, and then none", async () => {
    const calls: string[] = [];
    const store = withFaults(watched(calls), [{ kind: "loseRequest" }, { kind: "none" }, { kind: "loseReply" }]);
    await expect(store.find(["a"])).rejects.toMatchObject({ kind: "loseRequest", retryable: false });
    await expect(store.find(["a"])).resolves.toEqual([undefined]);
    await expect(store.find(["a"])).rejects.toBeInstanceOf(InjectedFault);
    await expect(store.find(["a"])).resolves.toEqual([undefined]);
    expect(calls).toEqual(["find 1", "find 1", "find 1"]);
  });

  it("loses a request before it arrives, and a reply after the write", async () => {
    const inner = memoryStore();
    const [unasked, untold] = [sampleKey(), sampleKey()];
    const store = withFaults(inner, [{ kind: "loseRequest" }, { kind: "loseReply" }]);
    await expect(store.insert(unasked, AMPLE, changeOf(unasked, "key.created"))).rejects.toThrow("loseRequest");
    await expect(store.insert(untold, AMPLE, changeOf(untold, "key.created"))).rejects.toThrow("loseReply");
    expect(await inner.find([unasked.id, untold.id])).toEqual([undefined, asStored(untold)]);
  });

  it("turns so many calls away that may be tried again", async () => {
    const calls: string[] = [];
    const store = withFaults(watched(calls), [{ kind: "throttle", calls: 3 }]);
    for (let turnedAway = 0; turnedAway < 3; turnedAway += 1)
      await expect(store.find([])).rejects.toMatchObject({ kind: "throttle", retryable: true });
    await expect(store.find([])).resolves.toEqual([]);
    expect(calls).toEqual(["find 0"]);
  });

  it("is dead for good once it dies, also for what was still to set out; another handle is not", async () => {
    const inner = memoryStore();
    const store = withFaults(inner, [{ kind: "delay", turns: 2 }, { kind: "die" }]);
    const late = sampleKey();
    const lateInsert = store.insert(late, AMPLE, changeOf(late, "key.created"));
    await expect(Promise.all([lateInsert, store.find([])])).rejects.toThrow("die");
    await expect(lateInsert).rejects.toThrow("insert met an injected fault: delay");
    for (let asked = 0; asked < 3; asked += 1) await expect(store.find([])).rejects.toThrow("die");
    expect(await findOne(withFaults(inner, []), late.id)).toBeUndefined();
  });

  it("lets later calls overtake one that is delayed", async () => {
    const store = withFaults(memoryStore(), [{ kind: "delay", turns: 3 }]);
    const key = sampleKey();
    const arrived: string[] = [];
    const insert = store.insert(key, AMPLE, changeOf(key, "key.created")).then(() => arrived.push("insert"));
    const find = findOne(store, key.id).then((found) => arrived.push(`find ${found?.id}`));
    await Promise.all([insert, find]);
    expect(arrived).toEqual(["find undefined", "insert"]);
  });

  it("splits a call over several keys into one for each, with the same answer", async () => {
    const calls: string[] = [];
    const store = withFaults(watched(calls), [{ kind: "none" }, { kind: "split" }, { kind: "split" }]);
    const key = await insertSample(store);
    calls.length = 0;
    expect(await store.find([key.id, "nobody's", key.id])).toEqual([asStored(key), undefined, asStored(key)]);
    await store.append([
      { ...changeOf(key, "key.updated"), type: "corrupt_key" },
      { ...changeOf(key, "key.updated"), type: "pepper_missing" },
    ]);
    expect(calls).toEqual(["find 1", "find 1", "find 1", "append 1", "append 1"]);
  });

  it("repeats a call and gives the second answer: a write is once, a charge is twice", async () => {
    const inner = memoryStore();
    const repeat: Fault = { kind: "repeat" };
    const store = withFaults(inner, [repeat, repeat, repeat]);
    const key = await insertSample(store);
    const request = requestOf([credits(10)]);
    expect((await consumeOne(store, request)).meters).toEqual([{ form: "window", windowAt: 0, used: 2 }]);
    await store.recordUsage([usageOf(key)]);
    expect((await usageNow(inner, key)).counts).toMatchObject([{ count: 2 }]);
  });

  it("echoes what was written, late and without effect, and never what counts or was refused", async () => {
    const calls: string[] = [];
    const echo: Fault = { kind: "echo", turns: 2 };
    const store = withFaults(watched(calls), [echo, echo, echo, echo, echo]);
    const key = await insertSample(store);
    const request = requestOf([credits(10)]);
    await consumeOne(store, request);
    const next = changed(key);
    const event = changeOf(next, "key.updated");
    await store.replace(next, key.version, event);
    const refused = sampleKey({ tenant: key.tenant });
    await store.insert(refused, { ...AMPLE, maxLive: 1 }, changeOf(refused, "key.created"));
    await store.owners.suspend(suspension({ tenant: freshTenant(), owner: "owner" }));
    expect(calls).toEqual(["insert", "insert"]);
    await settled(store);
    expect(calls).toEqual(["insert", "insert", "insert"]);
    expect(await findOne(store, key.id)).toEqual(asStored(next));
    expect((await consumeOne(store, request)).meters).toEqual([{ form: "window", windowAt: 0, used: 2 }]);
  });

  it("never echoes a purge, which would go on to events that nobody counts", async () => {
    const inner = memoryStore();
    const { tenant } = await insertSample(inner);
    await insertSample(inner, { tenant });
    const store = withFaults(inner, [{ kind: "echo", turns: 1 }]);
    expect(await store.purgeEvents({ tenant, beforeAt: NOW_MS + 1, limit: 1 })).toEqual({ purged: 1, more: true });
    await settled(store);
    expect(await eventsOfTenant(inner, tenant)).toHaveLength(1);
  });

  it("has watch where the store has it, and hears through it", async () => {
    const inner = memoryStore();
    const { watch: _, ...deaf } = inner;
    expect(withFaults(deaf, []).watch).toBeUndefined();
    const ear = await listen(withFaults(inner, []));
    const key = await insertSample(inner);
    await replaceSample(inner, changed(key));
    await ear.hears({ kind: "key", keyId: key.id });
    await ear.stop();
  });
});

describe("mildFaults", () => {
  it("are the same each time, without end, and nothing that a caller could notice", () => {
    const take = (count: number): Fault[] => {
      const plan = mildFaults();
      return Array.from({ length: count }, () => plan.next().value);
    };
    expect(take(500)).toEqual(take(500));
    expect(new Set(take(500).map(({ kind }) => kind))).toEqual(new Set(["none", "delay", "split", "echo"]));
  });
});

describe("faultPlans", () => {
  it("hold every fault", () => {
    const kinds = new Set(fc.sample(faultPlans, { numRuns: 500 }).flatMap((plan) => plan.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(
      ["delay", "die", "echo", "loseReply", "loseRequest", "none", "repeat", "split", "throttle"].sort(),
    );
  });
});
