import type { Signal } from "@claviger/core";
import { expect, it } from "vitest";
import { heardSignal } from "./heard-signal.js";

it.each<Signal>([
  { kind: "key", keyId: "1" },
  { kind: "tenant", tenant: "t" },
  { kind: "owner", tenant: "t", owner: "o" },
  { kind: "hearing" },
  { kind: "lost" },
])("a signal of kind $kind is as it was told", (signal) => {
  expect(heardSignal(signal)).toBe(signal);
});

const throwing = {
  get kind(): never {
    throw new Error("no kind");
  },
};

it.each([
  undefined,
  null,
  "key",
  5,
  {},
  [],
  { kind: "toString" },
  { kind: "key" },
  { kind: "key", keyId: 5 },
  { kind: "tenant", tenant: null },
  { kind: "owner", tenant: "t" },
  { kind: "owner", owner: "o" },
  throwing,
])("what is no signal may stand for any change: %#", (told) => {
  expect(heardSignal(told)).toEqual({ kind: "hearing" });
});
