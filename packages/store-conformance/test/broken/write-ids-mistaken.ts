import type { Store } from "@claviger/core";
import { type BrokenStore, handlesOver, memoryBut } from "./broken-store.js";

/** Knows a repetition by what this handle has written, not by what the data say. */
function remembersItsOwn(inner: Store): Store {
  const written = new Set<string>();
  return {
    ...inner,
    async insert(key, cap, event) {
      const [current] = await inner.find([key.id]);
      if (current !== undefined && !written.has(event.id)) return { outcome: "duplicate" };
      const result = await inner.insert(key, cap, event);
      if (result.outcome === "inserted") written.add(event.id);
      return result;
    },
    async replace(next, expectedVersion, event) {
      const [current] = await inner.find([next.id], next.tenant);
      const isLate = current !== undefined && current.version !== expectedVersion;
      if (isLate && !written.has(event.id)) return { outcome: "conflict", current };
      const result = await inner.replace(next, expectedVersion, event);
      if (result.outcome === "replaced") written.add(event.id);
      return result;
    },
  };
}

const REFUSED =
  "a refused write leaves its event's id free: after `limit_reached` or a conflict it writes under the same id";

export const writeIdsMistaken: readonly BrokenStore[] = [
  {
    fault: "knows in each handle only the repetitions of what that handle wrote",
    create: handlesOver(remembersItsOwn),
    caughtBy: [
      "a write repeated through another handle is known by its event's id: it succeeds again, and is there once",
    ],
  },
  {
    fault: "takes a replace under the id of any event that is there for a repetition",
    create: memoryBut((inner) => {
      const written = new Set<string>();
      return {
        insert: async (key, cap, event) => {
          const result = await inner.insert(key, cap, event);
          if (result.outcome === "inserted") written.add(event.id);
          return result;
        },
        replace: async (next, expectedVersion, event) =>
          written.has(event.id) ? { outcome: "replaced" } : inner.replace(next, expectedVersion, event),
      };
    }),
    caughtBy: [
      "a replace under the id of another key's event fails or is a conflict: it is never `replaced` without effect",
    ],
  },
  {
    fault: "takes the id of an insert that it refused for used",
    create: memoryBut((inner) => {
      const refused = new Set<string>();
      return {
        insert: async (key, cap, event) => {
          if (refused.has(event.id)) return { outcome: "duplicate" };
          const result = await inner.insert(key, cap, event);
          if (result.outcome === "limit_reached") refused.add(event.id);
          return result;
        },
      };
    }),
    caughtBy: [REFUSED],
  },
  {
    fault: "takes the id of a replace that was a conflict for used",
    create: memoryBut((inner) => {
      const seen = new Set<string>();
      return {
        replace: async (next, expectedVersion, event) => {
          if (seen.has(event.id)) return { outcome: "replaced" };
          seen.add(event.id);
          return inner.replace(next, expectedVersion, event);
        },
      };
    }),
    caughtBy: [REFUSED],
  },
  {
    fault: "takes the id of settings that were a conflict for used",
    create: memoryBut(({ settings }) => {
      const seen = new Set<string>();
      return {
        settings: {
          ...settings,
          replace: async (next, expectedVersion, event) => {
            if (seen.has(event.id)) return { outcome: "replaced" };
            seen.add(event.id);
            return settings.replace(next, expectedVersion, event);
          },
        },
      };
    }),
    caughtBy: [REFUSED],
  },
];
