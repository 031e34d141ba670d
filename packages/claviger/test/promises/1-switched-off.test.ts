import type { Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KeyManager } from "../../src/keyring.js";
import { onEachStore } from "../support/on-each-store.js";
import { openWorld, type World } from "../support/open-world.js";
import { rejectionOf } from "../support/rejection.js";
import { unheard } from "../support/unheard.js";

const KEY = { owner: "anna", name: "A key" };
const STALE_MS = 1_000;

async function verdictOf({ keyring }: World, token: string): Promise<string> {
  const verdict = await keyring.verify(token);
  return verdict.ok ? "ok" : verdict.code;
}

const verdictBy = (enabled: boolean, suspended: boolean): string =>
  enabled ? (suspended ? "owner_suspended" : "ok") : "tenant_disabled";

const ENDINGS: {
  readonly [name: string]: { readonly end: (keys: KeyManager) => Promise<unknown>; readonly code: string };
} = {
  "a tenant switched off": { end: (keys) => keys.settings.update({ enabled: false }), code: "tenant_disabled" },
  "an owner suspended": { end: (keys) => keys.owners.suspend("anna"), code: "owner_suspended" },
};

/** What a switch was, and until when. */
interface History {
  set(value: boolean, nowMs: number): void;
  now(): boolean;
  /** Every value that it had within the time before now, or has. */
  lately(nowMs: number, withinMs: number): readonly boolean[];
}

function historyOf(initial: boolean): History {
  let current = initial;
  const past: { readonly value: boolean; readonly untilMs: number }[] = [];
  return {
    set(value, nowMs) {
      past.push({ value: current, untilMs: nowMs });
      current = value;
    },
    now: () => current,
    lately: (nowMs, withinMs) => [
      current,
      ...past.filter(({ untilMs }) => untilMs > nowMs - withinMs).map(({ value }) => value),
    ],
  };
}

describe("promise 1: without a signal, no other process relies on the switches for longer than gateStaleMs", () => {
  type Act =
    | { readonly kind: "verify" }
    | { readonly kind: "enabled"; readonly value: boolean }
    | { readonly kind: "suspended"; readonly value: boolean }
    | { readonly kind: "advance"; readonly ms: number }
    | { readonly kind: "step back"; readonly ms: number };

  const act: fc.Arbitrary<Act> = fc.oneof(
    fc.record({ kind: fc.constant("verify" as const) }),
    fc.record({ kind: fc.constant("enabled" as const), value: fc.boolean() }),
    fc.record({ kind: fc.constant("suspended" as const), value: fc.boolean() }),
    fc.record({ kind: fc.constant("advance" as const), ms: fc.integer({ min: 1, max: STALE_MS + 1 }) }),
    fc.record({ kind: fc.constant("step back" as const), ms: fc.nat(3 * STALE_MS) }),
  );

  it("whatever its clock does, and the process that changed them not at all", async () => {
    const staleness = fc.constantFrom(0, STALE_MS);
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 30 }), staleness, async (acts, gateStaleMs) => {
        const store = unheard(memoryStore());
        const [here, there] = [openWorld(store, { gateStaleMs }), openWorld(store, { gateStaleMs })];
        const { settings, owners } = here.keyring;
        const { token } = await here.keyring.create({ ...KEY, expiresIn: "365d" });
        const [enabled, suspended] = [historyOf(true), historyOf(false)];
        // By a clock that nobody sets back.
        let nowMs = 0;

        async function verify(): Promise<void> {
          expect(await verdictOf(here, token)).toBe(verdictBy(enabled.now(), suspended.now()));
          const possible = enabled
            .lately(nowMs, gateStaleMs)
            .flatMap((on) => suspended.lately(nowMs, gateStaleMs).map((off) => verdictBy(on, off)));
          expect(possible).toContain(await verdictOf(there, token));
        }

        async function perform(given: Act): Promise<void> {
          switch (given.kind) {
            case "verify":
              break;
            case "enabled":
              await settings.update({ enabled: given.value });
              enabled.set(given.value, nowMs);
              break;
            case "suspended":
              await (given.value ? owners.suspend("anna") : owners.resume("anna"));
              suspended.set(given.value, nowMs);
              break;
            case "advance":
              nowMs += given.ms;
              for (const { clock } of [here, there]) clock.advance(given.ms);
              break;
            case "step back":
              there.clock.advance(-given.ms);
          }
        }

        for (const given of acts) {
          await perform(given);
          // A step back that nobody met could not be told from time that has not passed.
          if (given.kind === "verify" || given.kind === "step back") await verify();
        }
        await verify();
      }),
    );
  });
});

onEachStore((createStore) => {
  it.each(Object.entries(ENDINGS))(
    "promise 1: %s is known here at once, elsewhere within gateStaleMs, and at once where that is 0",
    async (name, { end, code }) => {
      const store = unheard(createStore());
      const [here, there, always] = [openWorld(store), openWorld(store), openWorld(store, { gateStaleMs: 0 })];
      const tenant = `ended: ${name}`;
      const { token } = await here.keyring.tenant(tenant).create(KEY);
      for (const world of [here, there, always]) expect(await verdictOf(world, token)).toBe("ok");
      await end(here.keyring.tenant(tenant));
      expect(await verdictOf(here, token)).toBe(code);
      expect(await verdictOf(always, token)).toBe(code);
      there.clock.advance(5_000);
      expect(await verdictOf(there, token)).toBe(code);
    },
  );
});

describe.each(Object.entries(ENDINGS))("promise 1: %s", (_, { end, code }) => {
  /** A store whose reads of switches look at once and answer late: those that begin until `pass`, when they are let go. */
  function holding(inner: Store): { readonly store: Store; readonly pass: () => void; readonly letGo: () => void } {
    let letGo = (): void => undefined;
    let held: Promise<void> | undefined = new Promise((resolve) => {
      letGo = resolve;
    });
    async function late<T>(read: Promise<T>): Promise<T> {
      const until = held;
      const found = await read;
      await until;
      return found;
    }
    return {
      store: {
        ...inner,
        settings: { ...inner.settings, get: (tenants) => late(inner.settings.get(tenants)) },
        owners: { ...inner.owners, read: (owners) => late(inner.owners.read(owners)) },
      },
      pass: () => {
        held = undefined;
      },
      letGo: () => letGo(),
    };
  }

  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it("is not undone by a read that looked before it and answers after it", async () => {
    const { store, pass, letGo } = holding(unheard(memoryStore()));
    const here = openWorld(store);
    const { token } = await here.keyring.create(KEY);
    const before = verdictOf(here, token);
    await turn();
    pass();
    await end(here.keyring);
    const after = verdictOf(here, token);
    letGo();
    expect([await before, await after]).toEqual(["ok", code]);
    for (let times = 0; times < 3; times += 1) expect(await verdictOf(here, token)).toBe(code);
  });

  it("is known here at once also where the reply to it was lost", async () => {
    const inner = unheard(memoryStore());
    const lost = async <T>(written: Promise<T>): Promise<T> => {
      await written;
      throw new Error("connection reset");
    };
    const here = openWorld({
      ...inner,
      settings: { ...inner.settings, replace: (...given) => lost(inner.settings.replace(...given)) },
      owners: { ...inner.owners, suspend: (event) => lost(inner.owners.suspend(event)) },
    });
    const { token } = await here.keyring.create(KEY);
    expect(await verdictOf(here, token)).toBe("ok");
    expect((await rejectionOf(() => end(here.keyring))).code).toBe("store_unavailable");
    expect(await verdictOf(here, token)).toBe(code);
  });

  it("is known here at once also where another process was first, and nothing happened here", async () => {
    const store = unheard(memoryStore());
    const [here, there] = [openWorld(store), openWorld(store)];
    const { token } = await here.keyring.create(KEY);
    expect(await verdictOf(here, token)).toBe("ok");
    await end(there.keyring);
    expect(await verdictOf(here, token)).toBe("ok");
    await end(here.keyring);
    expect(await verdictOf(here, token)).toBe(code);
  });
});
