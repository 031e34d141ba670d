import { readdirSync, readFileSync } from "node:fs";
import {
  type AuditEvent,
  type KeyChain,
  type KeyUsage,
  MAX_TIME_MS,
  type OwnerRef,
  type OwnerStanding,
  type StoredKey,
  type TenantSettings,
  type VerifyRequest,
} from "@claviger/core";
import { findOne, insertSample } from "@claviger/store-conformance/samples";
import { createKeyring } from "claviger";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool, type TestClient } from "./clients.js";

/** What the rows say, as whoever reads them shall understand it. */
interface Frozen {
  readonly verifiedAt: number;
  /** In hex, by id. */
  readonly peppers: { readonly [id: string]: string };
  /** In this order: a charge counts for those that follow. */
  readonly verdicts: readonly {
    readonly title: string;
    readonly token: string;
    readonly request: VerifyRequest;
    readonly code: string;
  }[];
  readonly keys: readonly StoredKey[];
  readonly events: readonly AuditEvent[];
  readonly usage: readonly KeyUsage[];
  readonly settings: readonly TenantSettings[];
  readonly owners: readonly (OwnerRef & OwnerStanding)[];
  /** Absent before there were chains. */
  readonly chains?: readonly { readonly tenant: string; readonly items: readonly KeyChain[] }[];
}

/** What keys lack in rows from before there were chains. */
const BEFORE_CHAINS = { head: null };

const FIXTURES = new URL("./fixtures/", import.meta.url);
const VERSIONS = readdirSync(FIXTURES).flatMap((name) => /^rows-(v\d+)\.sql$/.exec(name)?.slice(1) ?? []);

/** Those that no release stops at: the next follows in the same call. */
const PASSED_THROUGH: readonly string[] = ["v2", "v4", "v5"];

it("there are rows of every version of the schema that a release has left", async () => {
  const { client, end } = await openPool();
  await migrate(client);
  const { rows } = await client.query("SELECT version FROM claviger.schema_version ORDER BY 1");
  expect([...VERSIONS, ...PASSED_THROUGH].sort()).toEqual(rows.map(({ version }) => `v${version}`));
  await end();
});

describe.each(VERSIONS)("promise 6: rows of schema %s", (version) => {
  const read = (type: "sql" | "json") => readFileSync(new URL(`rows-${version}.${type}`, FIXTURES), "utf8");
  const frozen: Frozen = JSON.parse(read("json"));
  const keys = frozen.keys.map((key) => ({ ...BEFORE_CHAINS, ...key }));
  const peppers = Object.entries(frozen.peppers).map(([id, hex]) => ({ id, secret: Buffer.from(hex, "hex") }));
  const tenants = [...new Set(frozen.events.map(({ tenant }) => tenant))];

  let opened: TestClient<pg.Pool>;
  beforeAll(async () => {
    opened = await openPool();
    await opened.client.query(read("sql"));
    await migrate(opened.client);
  });
  afterAll(() => opened.end());

  const openStore = () => postgresStore({ client: opened.client }, { meterClock: "caller" });

  it("keys are found as they were, those from before a column with what it means for them", async () => {
    const store = openStore();
    expect(await store.find(keys.map(({ id }) => id))).toEqual(keys);
    const states = new Set(frozen.keys.map(({ state }) => state));
    expect([...states].sort()).toEqual(["active", "compromised", "destroyed", "disabled", "revoked"]);
  });

  it("events are all met, in order", async () => {
    for (const tenant of tenants) {
      const { items } = await openStore().events({ tenant, order: "oldest", limit: 100 });
      const its = frozen.events.filter((event) => event.tenant === tenant);
      // At one time an id decides, which the order in the file need not follow.
      expect(items).toEqual(its.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)));
    }
  });

  it("events are all met by the feed as well, and chains are as they were", async () => {
    const store = openStore();
    const met = new Map<string, AuditEvent>();
    for (let position: string | undefined; met.size < frozen.events.length; ) {
      const page = await store.feed(position, 100);
      for (const event of page.items) met.set(event.id, event);
      position = page.position ?? position;
    }
    expect(met).toEqual(new Map(frozen.events.map((event) => [event.id, event])));
    for (const { tenant, items } of frozen.chains ?? []) {
      expect(await store.chains({ tenant, limit: 100 })).toEqual({ items });
    }
  });

  it("usage, settings and suspensions are read as they were", async () => {
    const store = openStore();
    for (const usage of frozen.usage) {
      const tenant = frozen.keys.find(({ id }) => id === usage.keyId)?.tenant ?? "";
      const query = { tenant, keyIds: [usage.keyId], fromAt: 0, beforeAt: MAX_TIME_MS };
      expect(await store.usage(query)).toEqual([usage]);
    }
    expect(await store.settings.get(frozen.settings.map(({ tenant }) => tenant))).toEqual(frozen.settings);
    expect(await store.owners.read(frozen.owners)).toEqual(frozen.owners.map(({ suspendedAt }) => ({ suspendedAt })));
  });

  it("tokens get the verdicts that they got, and keys can be changed and added", async () => {
    const store = openStore();
    const keyring = createKeyring({ store, prefix: "acme_test", peppers, clock: () => frozen.verifiedAt });
    for (const { title, token, request, code } of frozen.verdicts) {
      const verdict = await keyring.verify(token, request);
      expect([title, verdict.ok ? "ok" : verdict.code]).toEqual([title, code]);
    }
    await keyring.flush();
    for (const key of frozen.keys) {
      if (key.state === "destroyed") continue;
      await keyring.tenant(key.tenant).delete(key.id);
      expect(await findOne(store, key.id)).toMatchObject({ state: "destroyed" });
    }
    await insertSample(store);
  });
});
