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

it("names its attributes in lower-case letters and digits, and says no name of a person in them", () => {
  const { keyId: _, ...rest } = EVENT;
  const { data, ...attributes } = cloudEventOf({ ...rest, type: "owner.suspended", owner: "anna@example.com" });
  for (const name of Object.keys({ data, ...attributes })) expect(name).toMatch(/^[a-z0-9]{1,20}$/);
  expect(attributes).not.toHaveProperty("subject");
  expect(JSON.stringify(attributes)).not.toContain("anna");
});
