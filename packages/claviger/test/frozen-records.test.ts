import { readFileSync } from "node:fs";
import type { ChangeEvent, KeyRecord, Tombstone } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { describe, expect, it } from "vitest";
import { createKeyring } from "../src/create-keyring.js";

interface Frozen {
  readonly verifiedAt: number;
  readonly peppers: { readonly [id: string]: string };
  readonly records: readonly {
    readonly title: string;
    readonly record: KeyRecord | Tombstone;
    readonly verdicts: readonly { readonly token: string; readonly code: string }[];
  }[];
}

// Written by the code of its day, and never again: a further version joins as a file of its own.
const frozen: Frozen = JSON.parse(readFileSync(new URL("./fixtures/records-v1.json", import.meta.url), "utf8"));

async function storeWith(record: KeyRecord | Tombstone) {
  const store = memoryStore();
  const first = { ...living(record), version: record.version - 1 };
  const event: ChangeEvent = {
    id: "1",
    type: "key.created",
    tenant: record.tenant,
    keyId: record.id,
    actor: "system",
    at: record.createdAt,
    data: {},
  };
  await store.insert(first, { maxLive: 1, nowMs: record.createdAt }, event);
  await store.replace(record, first.version, { ...event, id: "2", type: "key.updated" });
  return store;
}

/** A key is not born a tombstone: any other stands in for what it was. */
function living(record: KeyRecord | Tombstone): KeyRecord {
  if (record.state !== "destroyed") return record;
  const other = frozen.records.find((each) => each.record.state === "active")?.record;
  if (other === undefined || other.state === "destroyed") throw new Error("no key is active");
  return { ...other, id: record.id, tenant: record.tenant };
}

describe("promise 6: records as an older version wrote them", () => {
  const peppers = Object.entries(frozen.peppers).map(([id, hex]) => ({ id, secret: Buffer.from(hex, "hex") }));

  it.each(frozen.records)("$title", async ({ record, verdicts }) => {
    const store = await storeWith(record);
    const keyring = createKeyring({ store, prefix: "acme_live", peppers, clock: () => frozen.verifiedAt });
    for (const { token, code } of verdicts) {
      const verdict = await keyring.verify(token);
      expect(verdict.ok ? "ok" : verdict.code).toBe(code);
    }
  });

  it("are of every kind", () => {
    const states = new Set(frozen.records.map(({ record }) => record.state));
    expect([...states].sort()).toEqual(["active", "compromised", "destroyed", "disabled", "revoked"]);
    expect(new Set(frozen.records.flatMap(({ verdicts }) => verdicts.map(({ code }) => code))).size).toBe(8);
  });
});
