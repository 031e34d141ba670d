import type { Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import fc from "fast-check";
import { describe, it } from "vitest";
import type { Keyring } from "../../src/keyring.js";
import { openWorld, type World } from "../support/open-world.js";
import { drivenWatch, withoutSignal } from "./support/driven-watch.js";
import { scheduledStore } from "./support/scheduled-store.js";

const MAX_STALE_MS = 5_000;
const CACHE = { maxStaleMs: MAX_STALE_MS, maxEntries: 4 };
const VERIFIERS = 3;
const VERIFIES_EACH = 3;

const TERMINAL_ENDS = {
  revoke: (keyring: Keyring, id: string) => keyring.revoke(id),
  "revoke, leaked": (keyring: Keyring, id: string) => keyring.revoke(id, { leaked: true }),
  delete: (keyring: Keyring, id: string) => keyring.delete(id),
} satisfies { readonly [verb: string]: (keyring: Keyring, id: string) => Promise<unknown> };

const ENDS = {
  ...TERMINAL_ENDS,
  disable: (keyring: Keyring, id: string) => keyring.disable(id),
  "rotate, overlap 0": (keyring: Keyring, id: string) => keyring.rotate(id, { overlap: 0 }),
} satisfies { readonly [verb: string]: (keyring: Keyring, id: string) => Promise<unknown> };

/** What finds that the end was made already, and writes nothing. */
const AFTER_ENDS = {
  ...ENDS,
  "rotate, overlap 0": (keyring: Keyring, id: string) => keyring.finishRotation(id),
} satisfies { readonly [verb in keyof typeof ENDS]: (keyring: Keyring, id: string) => Promise<unknown> };

interface Play {
  readonly scheduler: fc.Scheduler;
  /** With the cache, over a store whose calls travel as the scheduler likes. */
  readonly cached: World;
  /** As another process: straight on the same data. */
  readonly other: World;
  readonly id: string;
  readonly token: string;
}

/** What the scheduler may put anywhere. */
function turn(scheduler: fc.Scheduler, label: string): Promise<void> {
  return scheduler.schedule(Promise.resolve(), label);
}

/** @param change of the store as the process with the cache sees it */
async function setUp(scheduler: fc.Scheduler, change: (store: Store) => Store = withoutSignal): Promise<Play> {
  const inner = memoryStore();
  const other = openWorld(inner);
  const { key, token } = await other.keyring.create({ owner: "user_1", name: "A key" });
  const cached = openWorld(change(scheduledStore(inner, scheduler)), { cache: CACHE });
  return { scheduler, cached, other, id: key.id, token };
}

/**
 * Plays acts beside verifies by the process with the cache.
 *
 * @param mustFail asked when a verify begins: whether it must not be admitted
 */
async function play(
  { scheduler, cached, token }: Play,
  acts: readonly (() => Promise<void>)[],
  mustFail: () => boolean,
  seen: (admitted: boolean) => void = () => undefined,
): Promise<void> {
  const verifyNow = async (): Promise<void> => {
    const late = mustFail();
    const { ok } = await cached.keyring.verify(token);
    seen(ok);
    if (ok && late) throw new Error("a verify that began too late was admitted");
  };
  const verifier = async (): Promise<void> => {
    for (let done = 0; done < VERIFIES_EACH; done += 1) {
      await turn(scheduler, "a verify");
      await verifyNow();
    }
  };
  const actors = [...Array.from({ length: VERIFIERS }, () => verifier), ...acts];
  await scheduler.waitFor(Promise.all(actors.map((actor) => actor())));
  await scheduler.waitFor(verifyNow());
}

const anyEnd = fc.constantFrom(...Object.keys(ENDS).filter((verb): verb is keyof typeof ENDS => verb in ENDS));
const anyTerminalEnd = fc.constantFrom(
  ...Object.keys(TERMINAL_ENDS).filter((verb): verb is keyof typeof TERMINAL_ENDS => verb in TERMINAL_ENDS),
);

describe("promise 1: in all interleavings of a cache's reads", () => {
  it("once an end has resolved in this process, no verify that begins later is admitted", () =>
    fc.assert(
      fc.asyncProperty(fc.scheduler(), anyEnd, async (scheduler, verb) => {
        const course = await setUp(scheduler);
        let ended = false;
        const end = async (): Promise<void> => {
          await turn(scheduler, verb);
          await ENDS[verb](course.cached.keyring, course.id);
          ended = true;
        };
        await play(course, [end], () => ended);
      }),
    ));

  it("once an act of this process has found another's end, none", () =>
    fc.assert(
      fc.asyncProperty(fc.scheduler(), anyEnd, fc.boolean(), async (scheduler, verb, repeats) => {
        const course = await setUp(scheduler);
        const { cached, other, id } = course;
        let found = false;
        const end = async (): Promise<void> => {
          await turn(scheduler, verb);
          await ENDS[verb](other.keyring, id);
          await turn(scheduler, repeats ? "the same again" : "a look");
          // A key that was deleted is not found.
          await (repeats ? AFTER_ENDS[verb](cached.keyring, id) : cached.keyring.get(id).catch(() => undefined));
          found = true;
        };
        await play(course, [end], () => found);
      }),
    ));

  it("once this process has heard of another's end, none", () =>
    fc.assert(
      fc.asyncProperty(fc.scheduler(), anyEnd, fc.boolean(), async (scheduler, verb, afterGap) => {
        let tell: ReturnType<typeof drivenWatch>["tell"] = () => undefined;
        const course = await setUp(scheduler, (store) => {
          const driven = drivenWatch(store);
          tell = driven.tell;
          return driven.store;
        });
        let heard = false;
        const end = async (): Promise<void> => {
          await turn(scheduler, verb);
          await ENDS[verb](course.other.keyring, course.id);
          await turn(scheduler, "a signal");
          tell(afterGap ? { kind: "hearing" } : { kind: "key", keyId: course.id });
          heard = true;
        };
        await play(course, [end], () => heard);
      }),
    ));

  it("maxStaleMs after another's end of which this process does not hear, none", () =>
    fc.assert(
      fc.asyncProperty(fc.scheduler(), anyEnd, async (scheduler, verb) => {
        const course = await setUp(scheduler);
        const { clock } = course.cached;
        let endedAt = Number.POSITIVE_INFINITY;
        const end = async (): Promise<void> => {
          await turn(scheduler, verb);
          await ENDS[verb](course.other.keyring, course.id);
          endedAt = clock.now();
        };
        const time = async (): Promise<void> => {
          for (let ticks = 0; ticks < 8; ticks += 1) {
            await turn(scheduler, "time passes");
            clock.advance(MAX_STALE_MS / 4);
          }
        };
        await play(course, [end, time], () => clock.now() - endedAt >= MAX_STALE_MS);
      }),
    ));
});

describe("promise 2: in all interleavings of a cache's reads", () => {
  it("once this process knows that a key has ended, no read that lags brings it back", () =>
    fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        anyTerminalEnd,
        fc.boolean(),
        fc.infiniteStream(fc.boolean()),
        async (scheduler, verb, byItself, lags) => {
          let tell: ReturnType<typeof drivenWatch>["tell"] = () => undefined;
          const course = await setUp(scheduler, (store) => {
            const driven = drivenWatch(lagging(store, lags));
            tell = driven.tell;
            return driven.store;
          });
          let known = false;
          const end = async (): Promise<void> => {
            await turn(scheduler, verb);
            await TERMINAL_ENDS[verb](byItself ? course.cached.keyring : course.other.keyring, course.id);
            known ||= byItself;
          };
          const gaps = async (): Promise<void> => {
            for (let gap = 0; gap < 3; gap += 1) {
              await turn(scheduler, "a gap");
              tell({ kind: "hearing" });
            }
          };
          await play(
            course,
            [end, gaps],
            () => known,
            (admitted) => {
              known ||= !admitted;
            },
          );
        },
      ),
    ));
});

/** A store whose reads for `verify` may find what was there when each key was read first. */
function lagging(inner: Store, lags: fc.Stream<boolean>): Store {
  const first = new Map<string, Awaited<ReturnType<Store["find"]>>[number]>();
  return {
    ...inner,
    async find(ids, tenant) {
      if (tenant !== undefined) return inner.find(ids, tenant);
      const found = await inner.find(ids);
      const lag = lags.next().value === true;
      return found.map((key, index) => {
        const id = ids[index] ?? "";
        if (!first.has(id)) first.set(id, key);
        return lag ? first.get(id) : key;
      });
    },
  };
}
