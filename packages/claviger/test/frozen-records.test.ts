import { readFileSync } from "node:fs";
import type { ChangeEvent, EventBody, KeyRecord, Tombstone } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { seededRandom } from "@claviger/testing";
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
  const isFirst = record.version === 1;
  const first = { ...living(record), version: isFirst ? 1 : record.version - 1 };
  const event = {
    id: "1",
    type: "key.created",
    tenant: record.tenant,
    keyId: record.id,
    actor: "system",
    at: record.createdAt,
    version: first.version,
    data: {},
    // As events of that day: without a link, which a store takes as it comes.
  } satisfies EventBody as ChangeEvent;
  await store.insert(withoutHead(first), { maxLive: 1, nowMs: record.createdAt }, event);
  if (isFirst) return store;
  const next = { ...event, id: "2", type: "key.updated", version: record.version } as const;
  await store.replace(withoutHead(record), first.version, next);
  return store;
}

/** As every adapter reads what was written before there were chains. */
function withoutHead<Entry extends KeyRecord | Tombstone>(record: Entry): Entry {
  return { ...record, head: null };
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

  it.each(frozen.records)(
    "promise 8: the chain of its events begins with the next change: $title",
    async ({ record }) => {
      const store = await storeWith(record);
      const random = seededRandom(record.version);
      const keyring = createKeyring({ store, prefix: "acme_live", peppers, clock: () => frozen.verifiedAt, random });
      const { events, delete: end } = keyring.tenant(record.tenant);
      expect(await events.verify({ keyId: record.id })).toMatchObject({ ok: true, keys: 1, events: 0 });
      await end(record.id);
      const isDeleted = record.state === "destroyed";
      expect(await events.verify({ keyId: record.id })).toMatchObject({ ok: true, events: isDeleted ? 0 : 1 });
      const page = await events.list({ keyId: record.id, sort: "oldest" });
      expect(page.items.map(({ version }) => version)).toEqual(
        [record.version - 1, record.version, record.version + 1]
          .slice(0, isDeleted ? 2 : 3)
          .filter((version) => version > 0),
      );
    },
  );

  it("are of every kind", () => {
    const states = new Set(frozen.records.map(({ record }) => record.state));
    expect([...states].sort()).toEqual(["active", "compromised", "destroyed", "disabled", "revoked"]);
    expect(new Set(frozen.records.flatMap(({ verdicts }) => verdicts.map(({ code }) => code))).size).toBe(8);
  });
});
