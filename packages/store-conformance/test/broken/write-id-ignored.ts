import { freshId } from "../../src/samples.js";
import { type BrokenStore, memoryBut } from "./broken-store.js";

export const writeIdIgnored: readonly BrokenStore[] = [
  {
    fault: "takes an insert that is repeated for another one",
    create: memoryBut((inner) => ({
      insert: (key, cap, event) => inner.insert(key, cap, { ...event, id: freshId() }),
    })),
    caughtBy: [
      "insert repeated with its event's id is `inserted` again, although the owner is at his cap, and its event is there once",
      "insert repeated after the key was revoked is `inserted`, and undoes nothing",
      "insert repeated after the key was deleted is `inserted`, and undoes nothing",
      "repetitions take one place and write one event, also when they arrive at once",
    ],
  },
  {
    fault: "takes a replace that is repeated for another one",
    create: memoryBut((inner) => ({
      replace: (next, expectedVersion, event) => inner.replace(next, expectedVersion, { ...event, id: freshId() }),
    })),
    caughtBy: [
      "replace repeated with its event's id is `replaced` again, one after the other and at once, and its event is there once",
      "a deletion repeated with its event's id is `replaced` again, and its event is there once",
    ],
  },
  {
    fault: "says of a replace that is repeated that it succeeded, and writes its event again",
    create: memoryBut((inner) => ({
      replace: async (next, expectedVersion, event) => {
        const [before] = await inner.find([next.id], next.tenant);
        const result = await inner.replace(next, expectedVersion, event);
        if (result.outcome === "replaced" && before?.version === next.version) {
          await inner.append([{ ...event, type: "corrupt_key", id: freshId() }]);
        }
        return result;
      },
    })),
    caughtBy: [
      "replace repeated with its event's id is `replaced` again, one after the other and at once, and its event is there once",
    ],
  },
  {
    fault: "repeats a replace over what someone else has made of the key",
    create: memoryBut((inner) => {
      const seen = new Set<string>();
      return {
        replace: async (next, expectedVersion, event) => {
          const isRepeated = seen.has(event.id);
          seen.add(event.id);
          const [current] = await inner.find([next.id], next.tenant);
          if (!isRepeated || current === undefined) return inner.replace(next, expectedVersion, event);
          return inner.replace(next, current.version, { ...event, id: freshId() });
        },
      };
    }),
    caughtBy: ["replace repeated after someone else changed the key undoes nothing, and writes no second event"],
  },
  {
    fault: "takes settings that are replaced again for other ones",
    create: memoryBut(({ settings }) => ({
      settings: {
        ...settings,
        replace: (next, expectedVersion, event) => settings.replace(next, expectedVersion, { ...event, id: freshId() }),
      },
    })),
    caughtBy: [
      "settings.replace repeated with its event's id is `replaced` again, one after the other and at once, and its event is there once",
    ],
  },
  {
    fault: "takes a suspension that is repeated for another one",
    create: memoryBut(({ owners }) => ({
      owners: {
        ...owners,
        suspend: (event) => owners.suspend({ ...event, id: freshId() }),
        resume: (event) => owners.resume({ ...event, id: freshId() }),
      },
    })),
    caughtBy: [
      "suspend and resume repeated with their event's id are `changed` again, one after the other and at once, and each event is there once",
    ],
  },
  {
    fault: "appends an event again that is there already",
    create: memoryBut((inner) => ({
      append: (events) => inner.append(events.map((event) => ({ ...event, id: freshId() }))),
    })),
    caughtBy: [
      "append takes observations of keys that are there and that are not, repeated, and at once: each is there once",
      "an event whose id is there already is left as it is",
    ],
  },
];
