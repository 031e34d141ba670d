import type { AuditEvent } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

/** A store whose log lacks these events. */
function logLacks(fault: string, isLost: (event: AuditEvent) => boolean, caughtBy: readonly string[]): BrokenStore {
  return {
    fault,
    create: memoryBut((inner) => ({
      events: async (query) => {
        const page = await inner.events(query);
        return { ...page, items: page.items.filter((event) => !isLost(event)) };
      },
    })),
    caughtBy,
  };
}

const ONE_LOG =
  "changes of keys, observations, settings and owners are one log, and each comes back with what it had and no more";

export const eventForgotten: readonly BrokenStore[] = [
  logLacks("drops observations from the log", ({ type }) => type === "corrupt_key", [
    ONE_LOG,
    "append takes observations of keys that are there and that are not, repeated, and at once: each is there once",
  ]),
  logLacks("suspends owners without an event", ({ type }) => type === "owner.suspended", [
    ONE_LOG,
    "an owner is suspended from the event's time until he is resumed, with an event each, whether or not he has a key",
  ]),
  logLacks("replaces settings without an event", ({ type }) => type === "settings.updated", [
    ONE_LOG,
    "settings.replace at the expected version puts the next settings in place, whole, with their event",
  ]),
  logLacks("deletes a key without an event", ({ type }) => type === "key.deleted", [
    ONE_LOG,
    "a deleted key's events are kept, its deletion the last of them",
  ]),
];
