import type { Signal, SignalListener, Store } from "@claviger/core";
import { type BrokenStore, handlesOver, memoryBut, roundTrip } from "./broken-store.js";

const sent = (title: string): string => `capability signal: ${title}; where none is sent, there is no watch`;

const OF_KEYS = sent("a change of a key through another handle is heard, and can be read by then");
const BESIDE = sent("a change of settings, a suspension and its end through another handle are heard");
const STOP = sent("every listener hears, each until it stops, and never after");
const MANY = sent("no change is missed of many at once, of several tenants");
const CLOSE = sent("closing a store ends what it listened to, and nobody else's hearing");

/** A store whose listeners hear through this. */
function hears(
  fault: string,
  through: (listener: SignalListener) => SignalListener,
  caughtBy: readonly string[],
): BrokenStore {
  const create = memoryBut(({ watch }) => ({
    watch: (listener) => watch?.(through(listener)) ?? (async () => {}),
  }));
  return { fault, create, caughtBy };
}

function deafTo(kind: Signal["kind"], caughtBy: readonly string[]): BrokenStore {
  return hears(
    `never tells of a signal of kind ${kind}`,
    (listener) => (signal) => {
      if (signal.kind !== kind) listener(signal);
    },
    caughtBy,
  );
}

/** Handles that tell only of their own writes. */
function ofItsOwn(inner: Store): Store {
  const own = new Set<string>();
  return {
    ...inner,
    replace: (next, expectedVersion, event) => {
      own.add(next.id);
      return inner.replace(next, expectedVersion, event);
    },
    watch: (listener) =>
      inner.watch?.((signal) => {
        if (signal.kind !== "key" || own.has(signal.keyId)) listener(signal);
      }) ?? (async () => {}),
    close: async () => {},
  };
}

export const signalsWrong: readonly BrokenStore[] = [
  deafTo("key", [OF_KEYS, STOP, MANY]),
  deafTo("tenant", [BESIDE]),
  deafTo("owner", [BESIDE]),
  deafTo("lost", [CLOSE]),
  deafTo("hearing", [OF_KEYS, BESIDE, STOP, MANY, CLOSE]),
  hears(
    "tells of every other change",
    (listener) => {
      let told = 0;
      return (signal) => {
        told += 1;
        if (signal.kind !== "key" || told % 2 === 0) listener(signal);
      };
    },
    [MANY],
  ),
  {
    fault: "tells of a handle's own changes only",
    create: handlesOver(ofItsOwn),
    caughtBy: [OF_KEYS, STOP, MANY],
  },
  {
    fault: "tells of a change before it can be read",
    create: memoryBut((inner) => {
      const listeners = new Set<SignalListener>();
      return {
        replace: async (next, expectedVersion, event) => {
          for (const listener of listeners) listener({ kind: "key", keyId: next.id });
          await roundTrip();
          return inner.replace(next, expectedVersion, event);
        },
        watch: (listener) => {
          listeners.add(listener);
          return inner.watch?.((signal) => signal.kind !== "key" && listener(signal)) ?? (async () => {});
        },
      };
    }),
    caughtBy: [OF_KEYS],
  },
  {
    fault: "tells whoever has stopped listening",
    create: memoryBut(({ watch }) => ({
      watch: (listener) => {
        watch?.(listener);
        return async () => {};
      },
    })),
    caughtBy: [STOP],
  },
  {
    fault: "stops every listener with one",
    create: memoryBut(({ watch }) => {
      let isStopped = false;
      return {
        watch: (listener) => {
          watch?.((signal) => isStopped || listener(signal));
          return async () => {
            isStopped = true;
          };
        },
      };
    }),
    caughtBy: [STOP],
  },
  {
    fault: "tells on when it is closed",
    create: handlesOver((inner) => ({ ...inner, close: async () => {} })),
    caughtBy: [CLOSE],
  },
  {
    fault: "sends signals of which its capabilities do not tell",
    create: memoryBut(({ capabilities }) => ({ capabilities: Object.freeze({ ...capabilities, signal: "none" }) })),
    caughtBy: [OF_KEYS],
  },
];
