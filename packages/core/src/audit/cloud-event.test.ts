import { expect, it } from "vitest";
import { NOW } from "../../test/a-key.js";
import type { AuditEvent } from "../event/audit-event.js";
import { cloudEventOf } from "./cloud-event.js";

const EVENT: AuditEvent = {
  id: "3nZ0v9Qd1rX7uKcE5tWb2A",
  type: "key.revoked",
  tenant: "t 42/ä",
  keyId: "Ab3dEfGh1jKlMn0p",
  actor: "system",
  at: NOW,
  version: 4,
  data: { from: "active" },
};

it("DB-11 has the attributes of CloudEvents 1.0, and the event itself as its data", () => {
  expect(cloudEventOf(EVENT)).toEqual({
    specversion: "1.0",
    id: EVENT.id,
    source: "/claviger/tenants/t%2042%2F%C3%A4",
    type: "dev.claviger.key.revoked",
    subject: "Ab3dEfGh1jKlMn0p",
    time: "2026-06-21T12:00:00.000Z",
    datacontenttype: "application/json",
    data: EVENT,
  });
});

it("has no time where RFC 3339 can say none, so that a clock's error stops nobody who carries events on", () => {
  const last = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
  const timeAt = (at: number) => cloudEventOf({ ...EVENT, at }).time;
  expect([timeAt(0), timeAt(last)]).toEqual(["1970-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"]);
  for (const at of [last + 1, 8_640_000_000_000_001, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, Number.NaN]) {
    expect(cloudEventOf({ ...EVENT, at })).not.toHaveProperty("time");
    expect(cloudEventOf({ ...EVENT, at }).data.at).toBe(at);
  }
});

it("names its attributes in lower-case letters and digits, and says no name of a person in them", () => {
  const { keyId: _, ...rest } = EVENT;
  const { data, ...attributes } = cloudEventOf({ ...rest, type: "owner.suspended", owner: "anna@example.com" });
  for (const name of Object.keys({ data, ...attributes })) expect(name).toMatch(/^[a-z0-9]{1,20}$/);
  expect(attributes).not.toHaveProperty("subject");
  expect(JSON.stringify(attributes)).not.toContain("anna");
});
