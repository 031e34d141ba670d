import { describe, expect, it } from "vitest";
import { KEYS_BY_STATUS, NOW } from "../../test/a-key.js";
import { refusalOf } from "../../test/refusal.js";
import type { KeyEntry, Tombstone } from "../key/key-record.js";
import type { KeyStatus } from "../key/key-state.js";
import { changeable, changeState, type StateAct } from "./change-state.js";
import { outcomeOf } from "./transitions.js";

const ACTS = ["disable", "enable", "revoke", "revoke_leaked", "delete"] as const satisfies readonly StateAct[];
const EVENTS: { readonly [state: string]: string } = {
  active: "key.enabled",
  disabled: "key.disabled",
  revoked: "key.revoked",
  compromised: "key.compromised",
  destroyed: "key.deleted",
};
const TOMBSTONE: Tombstone = {
  state: "destroyed",
  id: "Ab3dEfGh1jKlMn0p",
  tenant: "t_1",
  createdAt: 1,
  updatedAt: 2,
  version: 7,
  head: null,
};

const entries: readonly { status: KeyStatus; key: KeyEntry }[] = [
  ...Object.entries(KEYS_BY_STATUS).flatMap(([status, keys]) =>
    keys.map((key) => ({ status: status as KeyStatus, key })),
  ),
  { status: "destroyed", key: TOMBSTONE },
];

describe.each(ACTS)("%s", (act) => {
  it.each(entries)("a key that is $status: what the table says, and nothing else", ({ status, key }) => {
    const before = structuredClone(key);
    const outcome = outcomeOf(status, act);
    if (outcome === "illegal" || outcome === "not_found") {
      const refusal = refusalOf(() => changeState(key, act, NOW));
      expect(refusal.code).toBe(outcome === "illegal" ? "illegal_transition" : "not_found");
      expect(refusal.keyId).toBe(key.id);
      if (outcome === "illegal") expect(refusal.status).toBe(status);
    } else if (outcome === "nothing") {
      expect(changeState(key, act, NOW)).toEqual({ kind: "nothing" });
    } else {
      const step = changeState(key, act, NOW);
      if (step.kind !== "write") throw new Error("it wrote nothing");
      expect(step.type).toBe(EVENTS[outcome]);
      expect(step.data).toEqual({ from: key.state });
      const { id, tenant, createdAt, head } = key;
      const changed = { state: outcome, updatedAt: NOW, version: key.version + 1 };
      expect(step.next).toEqual(
        outcome === "destroyed" ? { id, tenant, createdAt, head, ...changed } : { ...key, ...changed },
      );
    }
    expect(key).toEqual(before);
  });
});

describe("changeable", () => {
  it.each(entries)("a key that is $status", ({ status, key }) => {
    const outcome = outcomeOf(status, "change");
    if (outcome === "unchanged") return expect(changeable(key, "rotate", NOW)).toBe(key);
    const refusal = refusalOf(() => changeable(key, "rotate", NOW));
    expect(refusal.code).toBe(outcome === "illegal" ? "illegal_transition" : "not_found");
    if (outcome === "illegal") expect(refusal.message).toBe(`cannot rotate key ${key.id}: it is ${status}`);
  });
});
