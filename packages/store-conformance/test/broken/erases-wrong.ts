import type { AuditEvent, Store } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

const ERASED =
  "eraseEvents takes the bodies of changes and notes away for good, and leaves what they were about, their order and their place in the chain";
const STAYS =
  "an erased event is found as before, by anyone but its former actor, and stays erased whatever is written, or repeated, later";
const APART =
  "tenant isolation, eraseEvents: a reference of another tenant or key, or of an event that there is not, erases nothing";

/** A store that shows events otherwise once they are erased. */
function showsErased(fault: string, show: (event: AuditEvent) => AuditEvent, caughtBy: readonly string[]): BrokenStore {
  const create = memoryBut((inner) => ({
    events: async (query) => {
      const page = await inner.events(query);
      return { ...page, items: page.items.map((event) => (event.erasedAt === undefined ? event : show(event))) };
    },
  }));
  return { fault, create, caughtBy };
}

/** Erases at the first of these references that there is. */
const eraseAny =
  (inner: Store, change: (ref: { id: string; tenant: string; at: number }) => object) =>
  async (...[refs, erasedAt]: Parameters<Store["eraseEvents"]>): Promise<void> => {
    await inner.eraseEvents(
      refs.map((ref) => ({ ...ref, ...change(ref) })),
      erasedAt,
    );
  };

/** What was written, to look up whose an event is. */
function withLog(change: (inner: Store, log: ReadonlyMap<string, AuditEvent>) => Partial<Store>): () => Store {
  return memoryBut((inner) => {
    const log = new Map<string, AuditEvent>();
    const note = <Event extends AuditEvent>(event: Event): Event => {
      log.set(event.id, event);
      return event;
    };
    return {
      insert: (key, cap, event) => inner.insert(key, cap, note(event)),
      replace: (next, version, event) => inner.replace(next, version, note(event)),
      append: (events) => inner.append(events.map(note)),
      ...change(inner, log),
    };
  });
}

export const erasesWrong: readonly BrokenStore[] = [
  showsErased("keeps the address of an erased event", (event) => ({ ...event, address: "192.0.2.1" }), [ERASED]),
  showsErased("keeps the salt of an erased event", (event) => ({ ...event, salt: "kept" }), [ERASED]),
  showsErased("takes an erased event out of its chain", ({ chain: _, ...event }) => event, [ERASED]),
  {
    fault: "erases what is erased once more",
    create: memoryBut((inner) => {
      const erased = new Map<string, number>();
      return {
        eraseEvents: async (refs, erasedAt) => {
          for (const { id } of refs) erased.set(id, erasedAt);
          await inner.eraseEvents(refs, erasedAt);
        },
        events: async (query) => {
          const page = await inner.events(query);
          const items = page.items.map((event) => {
            const erasedAt = erased.get(event.id);
            return event.erasedAt === undefined || erasedAt === undefined ? event : { ...event, erasedAt };
          });
          return { ...page, items };
        },
      };
    }),
    caughtBy: [ERASED],
  },
  {
    fault: "brings the body of an erased event back when it is written again",
    create: memoryBut((inner) => {
      const bodies = new Map<string, AuditEvent>();
      return {
        append: async (events) => {
          for (const event of events)
            bodies.set(event.id, bodies.has(event.id) ? { ...event, reason: "again" } : event);
          await inner.append(events);
        },
        events: async (query) => {
          const page = await inner.events(query);
          const items = page.items.map((event) => {
            const body = bodies.get(event.id);
            return body?.reason === "again" ? body : event;
          });
          return { ...page, items };
        },
      };
    }),
    caughtBy: [STAYS],
  },
  {
    fault: "finds an erased event by its former actor",
    create: memoryBut((inner) => ({
      events: ({ actor: _, ...query }) => inner.events(query),
    })),
    caughtBy: [STAYS],
  },
  {
    fault: "erases what happened to keys only",
    create: memoryBut((inner) => ({
      eraseEvents: (refs, erasedAt) =>
        inner.eraseEvents(
          refs.filter(({ keyId }) => keyId !== undefined),
          erasedAt,
        ),
    })),
    caughtBy: ["eraseEvents takes the body of what happened to settings and owners, and leaves these as they are"],
  },
  {
    fault: "forgets the tenant in eraseEvents",
    create: withLog((inner, log) => ({
      eraseEvents: eraseAny(inner, ({ id, tenant }) => ({ tenant: log.get(id)?.tenant ?? tenant })),
    })),
    caughtBy: [APART],
  },
  {
    fault: "forgets the key in eraseEvents",
    create: withLog((inner, log) => ({
      eraseEvents: eraseAny(inner, ({ id }) => ({ keyId: log.get(id)?.keyId ?? "" })),
    })),
    caughtBy: [APART],
  },
  {
    fault: "erases a batch's first 25 events",
    create: memoryBut((inner) => ({
      eraseEvents: (refs, erasedAt) => inner.eraseEvents(refs.slice(0, 25), erasedAt),
    })),
    caughtBy: ["large batches: append of 26 events keeps every one, and eraseEvents erases every one"],
  },
  {
    fault: "erases a batch's first 100 events",
    create: memoryBut((inner) => ({
      eraseEvents: (refs, erasedAt) => inner.eraseEvents(refs.slice(0, 100), erasedAt),
    })),
    caughtBy: ["large batches: append of 101 events keeps every one, and eraseEvents erases every one"],
  },
];
