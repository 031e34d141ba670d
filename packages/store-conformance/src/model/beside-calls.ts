import {
  type Charge,
  type ChargeRequest,
  MAX_TIME_MS,
  type OwnerRef,
  type Refund,
  type RefundRequest,
} from "@claviger/core";
import fc from "fast-check";
import { observation, resumption, sampleSettings, settingsEvent, suspension } from "../event-samples.js";
import { NOW_MS } from "../samples.js";
import { HOUR_AT, HOUR_MS, usageOf } from "../usage-sample.js";
import { idAt, tenantOf, which } from "./key-calls.js";
import { type Cast, came, type Draft, drafts } from "./port-call.js";

const small = fc.integer({ min: 0, max: 9 });
const charges = fc.uniqueArray(
  fc.oneof(
    fc.record({ meter: fc.constantFrom("gcra:a", "gcra:b"), add: small, burst: small }),
    fc.record({ meter: fc.constantFrom("window:a", "window:b"), add: small, burst: small }),
  ),
  { selector: ({ meter }) => meter, minLength: 1, maxLength: 3 },
);

interface DrawnCharge {
  readonly meter: string;
  readonly add: number;
  readonly burst: number;
}

function chargeAt({ meter, add, burst }: DrawnCharge, nowMs: number): Charge {
  if (meter.startsWith("window")) return { form: "window", meter, windowAt: nowMs - (nowMs % 4), add, ceiling: burst };
  return { form: "gcra", meter, floorUs: nowMs * 1000, addUs: add, ceilingUs: nowMs * 1000 + burst };
}

function refundAt({ meter, add }: DrawnCharge, nowMs: number): Refund {
  if (meter.startsWith("window")) return { form: "window", meter, windowAt: nowMs - (nowMs % 4), sub: add };
  return { form: "gcra", meter, subUs: add };
}

const consume = drafts(
  "consume",
  fc.record({ which, charges, units: fc.integer({ min: 0, max: 3 }), afterMs: small }),
  ({ which: index, charges: drawn, units, afterMs }, cast) => {
    const nowMs = NOW_MS + afterMs;
    const asked = drawn.map((charge) => chargeAt(charge, nowMs));
    const request: ChargeRequest = { tenant: tenantOf(cast, index), keyId: idAt(cast, index), charges: asked, units };
    return async (store) => {
      const results = await store.consume([request], nowMs);
      const nowUs = results.map((result) => result.nowUs);
      return came(results, (model) => model.consume([request], nowMs, nowUs));
    };
  },
);

const refund = drafts(
  "refund",
  fc.record({ which, charges, afterMs: small }),
  ({ which: index, charges: drawn, afterMs }, cast) => {
    const refunds = drawn.map((charge) => refundAt(charge, NOW_MS + afterMs));
    const request: RefundRequest = { tenant: tenantOf(cast, index), keyId: idAt(cast, index), refunds };
    return async (store) => came(await store.refund([request]), (model) => model.refund([request]));
  },
);

const recordUsage = drafts(
  "recordUsage",
  fc.record({
    which,
    tenant: which,
    at: small,
    hour: fc.integer({ min: 0, max: 1 }),
    outcome: fc.constantFrom("ok", "revoked"),
  }),
  (drawn, cast) => {
    const key = { tenant: tenantOf(cast, drawn.tenant), id: idAt(cast, drawn.which) };
    const at = NOW_MS + drawn.at;
    const batch = [
      usageOf(key, {
        lastUsedAt: drawn.outcome === "ok" ? at : null,
        counts: [{ hourAt: HOUR_AT + drawn.hour * HOUR_MS, outcome: drawn.outcome, count: 1 + drawn.at }],
        sightings: [{ kind: "secret", name: "1", firstAt: at, lastAt: at }],
      }),
    ];
    return async (store) => came(await store.recordUsage(batch), (model) => model.recordUsage(batch));
  },
);

const usage = drafts("usage", fc.record({ which, tenant: which }), (drawn, cast) => {
  const keyIds = [idAt(cast, drawn.which)];
  const query = { tenant: tenantOf(cast, drawn.tenant), keyIds, fromAt: HOUR_AT, beforeAt: MAX_TIME_MS };
  return async (store) => came(await store.usage(query), (model) => model.usage(query));
});

const append = drafts("append", fc.record({ which, at: small }), ({ which: index, at }, cast) => {
  const event = observation({ tenant: tenantOf(cast, index), keyId: idAt(cast, index), at: NOW_MS + at });
  return async (store) => came(await store.append([event]), (model) => model.append([event]));
});

const replaceSettings = drafts(
  "settings.replace",
  fc.record({ tenant: which, isStale: fc.boolean(), maxKeysPerOwner: small }),
  ({ tenant: index, isStale, maxKeysPerOwner }, cast, seen) => {
    const tenant = tenantOf(cast, index);
    const known = seen.settings.get(tenant) ?? 0;
    const expectedVersion = isStale ? Math.max(0, known - 1) : known;
    const next = sampleSettings({ tenant, version: expectedVersion + 1, settings: { maxKeysPerOwner } });
    const event = settingsEvent(next);
    return async (store) => {
      const result = await store.settings.replace(next, expectedVersion, event);
      const current = result.outcome === "replaced" ? next : result.current;
      if (current !== undefined) seen.settings.set(tenant, current.version);
      return came(result, (model) => model.replaceSettings(next, expectedVersion, event));
    };
  },
);

const getSettings = drafts("settings.get", which, (index, cast) => {
  const tenant = tenantOf(cast, index);
  return async (store) => came(await store.settings.get([tenant]), (model) => [model.settings(tenant)]);
});

const owner = fc.record({ tenant: which, owner: fc.constantFrom("owner", "another") });

function ownerOf(cast: Cast, drawn: { readonly tenant: number; readonly owner: string }): OwnerRef {
  return { tenant: tenantOf(cast, drawn.tenant), owner: drawn.owner };
}

const suspend = drafts("owners.suspend", owner, (drawn, cast) => {
  const event = suspension(ownerOf(cast, drawn));
  return async (store) => came(await store.owners.suspend(event), (model) => model.switchOwner(event, event.at));
});

const resume = drafts("owners.resume", owner, (drawn, cast) => {
  const event = resumption(ownerOf(cast, drawn));
  return async (store) => came(await store.owners.resume(event), (model) => model.switchOwner(event, null));
});

const readOwner = drafts("owners.read", owner, (drawn, cast) => {
  const ref = ownerOf(cast, drawn);
  return async (store) => came(await store.owners.read([ref]), (model) => [model.standing(ref)]);
});

/** About one key, tenant or owner each. */
export const besideDrafts: readonly fc.Arbitrary<Draft>[] = [
  consume,
  consume,
  refund,
  recordUsage,
  recordUsage,
  usage,
  append,
  replaceSettings,
  replaceSettings,
  getSettings,
  suspend,
  resume,
  readOwner,
];
