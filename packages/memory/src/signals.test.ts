import type { Signal } from "@claviger/core";
import { describe, expect, it } from "vitest";
import { createSignals } from "./signals.js";

const CHANGE: Signal = { kind: "key", keyId: "changed" };

describe("createSignals", () => {
  it("says that it hears once watch has returned, and then tells of writes that took effect", async () => {
    const signals = createSignals();
    const heard: Signal[] = [];
    signals.watch((signal) => heard.push(signal));
    expect(heard).toEqual([]);
    await Promise.resolve();
    expect(heard).toEqual([{ kind: "hearing" }]);
    signals.told({ outcome: "conflict" }, CHANGE);
    signals.told({ outcome: "unchanged" }, CHANGE);
    expect(signals.told({ outcome: "replaced" }, CHANGE)).toEqual({ outcome: "replaced" });
    expect(heard).toEqual([{ kind: "hearing" }, CHANGE]);
  });

  it("tells whoever stopped before it heard nothing, and one that watches twice until it has stopped twice", async () => {
    const signals = createSignals();
    const heard: Signal[] = [];
    const listener = (signal: Signal) => void heard.push(signal);
    await signals.watch(listener)();
    const stops = [signals.watch(listener), signals.watch(listener)];
    await Promise.resolve();
    expect(heard).toHaveLength(2);
    await stops[0]?.();
    await stops[0]?.();
    signals.told({ outcome: "changed" }, CHANGE);
    expect(heard.slice(2)).toEqual([CHANGE]);
  });

  it("a listener that throws undoes no write, and keeps no other from hearing of it", async () => {
    const signals = createSignals();
    const heard: Signal[] = [];
    signals.watch(() => {
      throw new Error("never throws");
    });
    signals.watch((signal) => heard.push(signal));
    await Promise.resolve();
    expect(signals.told({ outcome: "replaced" }, CHANGE)).toEqual({ outcome: "replaced" });
    expect(heard).toEqual([{ kind: "hearing" }, CHANGE]);
  });

  it("tells those who are left that it has ended, once, and nobody anything after that", async () => {
    const signals = createSignals();
    const heard: Signal[] = [];
    const listener = (signal: Signal) => void heard.push(signal);
    await signals.watch(() => expect.unreachable())();
    signals.watch(() => {
      throw new Error("never throws");
    });
    signals.watch(listener);
    signals.watch(listener);
    signals.end();
    signals.end();
    await Promise.resolve();
    signals.told({ outcome: "replaced" }, CHANGE);
    const lost: Signal = { kind: "lost", cause: "the store was closed" };
    expect(heard).toEqual([lost, lost]);
  });
});
