import type { Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { seededRandom } from "@claviger/testing";
import { expect, it } from "vitest";
import type { LostEvent } from "../../src/events/event-hub.js";
import { onEachStore } from "../support/on-each-store.js";
import { openWorld } from "../support/open-world.js";
import { rejectionOf } from "../support/rejection.js";
import { wholeLog } from "../support/whole-log.js";

let opened = 0;

onEachStore((createStore) => {
  it("a refused act is in the log before the refusal is thrown, with its code, reason and address", async () => {
    const { keyring } = openWorld(createStore(), { settings: { maxKeysPerOwner: 1 } });
    opened += 1;
    const keys = keyring.tenant(`refused ${opened}`);
    const terms = { reason: "in a hurry", address: "10.0.0.1" };
    const { key } = await keys.create({ owner: "anna", name: "ERP" });
    const acts: readonly (readonly [string, string, () => Promise<unknown>])[] = [
      ["create", "limit_reached", () => keys.create({ owner: "anna", name: "Another", ...terms })],
      ["create", "policy_violation", () => keys.create({ owner: "bob", name: "A", expiresIn: "3000d", ...terms })],
      ["update", "conflict", () => keys.update(key.id, { name: "B" }, { ifVersion: 9, ...terms })],
      ["cancelRotation", "illegal_transition", () => keys.cancelRotation(key.id, terms)],
    ];
    const seen = new Set<string>();
    for (const [act, code, run] of acts) {
      const keyId = act === "create" ? undefined : key.id;
      expect((await rejectionOf(run)).code).toBe(code);
      const notes = await wholeLog(keys.events, { types: ["key.refused"] });
      const [note, ...others] = notes.filter(({ id }) => !seen.has(id));
      expect(others).toEqual([]);
      expect(note).toMatchObject({ actor: "system", ...terms, data: { act, code } });
      expect([note?.keyId, note?.version, note?.chain]).toEqual([keyId, undefined, undefined]);
      if (act === "create") expect(note?.data.owner).toBe(code === "limit_reached" ? "anna" : "bob");
      seen.add(note?.id ?? "");
    }
    expect(await keys.events.verify()).toMatchObject({ ok: true, events: 1 });
  });

  it("a refused change of settings is in the log before the refusal is thrown, with its code, reason and address", async () => {
    const { keyring } = openWorld(createStore());
    opened += 1;
    const { settings, events } = keyring.tenant(`refused ${opened}`);
    const terms = { reason: "in a hurry", address: "10.0.0.1" };
    const refused = await rejectionOf(() => settings.update({ enabled: false }, { ifVersion: 3, ...terms }));
    expect(refused.code).toBe("conflict");
    const log = await wholeLog(events);
    const data = { act: "update", code: "conflict" };
    expect(log).toEqual([expect.objectContaining({ type: "settings.refused", actor: "system", ...terms, data })]);
    expect([log[0]?.keyId, log[0]?.version]).toEqual([undefined, undefined]);
    expect(await settings.get()).toMatchObject({ enabled: true, version: 0 });
  });
});

it("settings that change at every try are a refusal that is recorded, too", async () => {
  const inner = memoryStore();
  const settings: Store["settings"] = {
    ...inner.settings,
    replace: async (next, version, event) => {
      const other = { ...next, settings: {} };
      await inner.settings.replace(other, version, { ...event, id: `other ${version}` });
      return inner.settings.replace(next, version, event);
    },
  };
  const { keyring } = openWorld({ ...inner, settings });
  const refused = await rejectionOf(() => keyring.settings.update({ enabled: false }, { reason: "incident" }));
  expect(refused.code).toBe("conflict");
  const [note, ...others] = await wholeLog(keyring.events, { types: ["settings.refused"] });
  expect(note).toMatchObject({ reason: "incident", data: { act: "update", code: "conflict" } });
  expect(others).toEqual([]);
});

it("where randomness fails while a refusal is recorded it is thrown all the same, and handlers of event_lost hear of it", async () => {
  let isBroken = false;
  const random = seededRandom(977);
  const { keyring } = openWorld(memoryStore(), {
    random: (bytes) => {
      if (isBroken) throw new Error("no entropy");
      return random(bytes);
    },
  });
  const { key } = await keyring.create({ owner: "anna", name: "ERP" });
  await keyring.revoke(key.id);
  const lost: LostEvent[] = [];
  keyring.events.on("event_lost", (event) => lost.push(event));
  isBroken = true;
  expect((await rejectionOf(() => keyring.enable(key.id))).code).toBe("illegal_transition");
  await new Promise((resolve) => setImmediate(resolve));
  const event = { id: "", type: "key.refused", keyId: key.id, data: { act: "enable", code: "illegal_transition" } };
  expect(lost).toMatchObject([{ type: "event_lost", event }]);
});

it("mistakes, strangers and trouble of ours are no refusals", async () => {
  const { keyring } = openWorld(memoryStore());
  const { key } = await keyring.create({ owner: "anna", name: "ERP" });
  await rejectionOf(() => keyring.update(key.id, { name: "" }));
  await rejectionOf(() => keyring.revoke("0".repeat(16)));
  await rejectionOf(() => keyring.tenant("t_2").revoke(key.id));
  await keyring.verify("nonsense");
  expect(await wholeLog(keyring.events)).toHaveLength(1);
});

it("where a refusal cannot be recorded it is thrown all the same, and handlers of event_lost hear of it", async () => {
  const inner = memoryStore();
  const { keyring, clock } = openWorld({ ...inner, append: () => Promise.reject(new Error("disk full")) });
  const { key } = await keyring.create({ owner: "anna", name: "ERP" });
  await keyring.revoke(key.id);
  const lost: LostEvent[] = [];
  keyring.events.on("event_lost", (event) => lost.push(event));
  expect((await rejectionOf(() => keyring.enable(key.id))).code).toBe("illegal_transition");
  await new Promise((resolve) => setImmediate(resolve));
  const event = { type: "key.refused", keyId: key.id, data: { act: "enable", code: "illegal_transition" } };
  expect(lost).toMatchObject([{ type: "event_lost", at: clock.now(), event }]);
});
