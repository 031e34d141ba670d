import { expect, it } from "vitest";
import { NOW } from "../../test/a-key.js";
import type { AuditEvent } from "../event/audit-event.js";
import { erasedEvent } from "./erased-event.js";

const EVENT: AuditEvent = {
  id: "e1",
  type: "key.revoked",
  tenant: "t_1",
  keyId: "Ab3dEfGh1jKlMn0p",
  owner: "anna",
  actor: "bob",
  address: "10.0.0.1",
  at: NOW,
  reason: "left the company",
  version: 4,
  data: { from: "active" },
  salt: "5hWmR0aQk2vXeJ8cLz1TyB",
  chain: { bodyHash: "a", hash: "b" },
};

it("keeps what the event was about and its place, and nothing that anyone said or was", () => {
  const { id, type, tenant, keyId, at, version, chain } = EVENT;
  const left = { id, type, tenant, keyId, actor: "", at, version, data: {}, chain, erasedAt: NOW + 1 };
  expect(erasedEvent(EVENT, NOW + 1)).toEqual(left);
  expect(Object.keys(erasedEvent(EVENT, NOW + 1)).sort()).toEqual(Object.keys(left).sort());
});

it("leaves out what the event never had", () => {
  const note: AuditEvent = { id: "e2", type: "events.sealed", tenant: "t_1", actor: "bob", at: NOW, data: { size: 1 } };
  expect(Object.keys(erasedEvent(note, NOW)).sort()).toEqual(
    ["id", "type", "tenant", "actor", "at", "data", "erasedAt"].sort(),
  );
});

it("leaves an erased event as it is", () => {
  const erased = erasedEvent(EVENT, NOW + 1);
  expect(erasedEvent(erased, NOW + 2)).toBe(erased);
});
