import type { AuditEvent, EventQuery, Store } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

function reads(fault: string, events: (inner: Store) => Store["events"], caughtBy: readonly string[]): BrokenStore {
  return { fault, create: memoryBut((inner) => ({ events: events(inner) })), caughtBy };
}

/** A store that does not look at one of the filters. */
function forgets(filter: keyof EventQuery): BrokenStore {
  const forget = ({ [filter]: _, ...rest }: EventQuery) => rest as EventQuery;
  return reads(
    `reads events as if it had not been given ${filter}`,
    (inner) => (query) => inner.events(forget(query)),
    [
      "filters of events, however combined, leave exactly the events that match: changes, observations and owners' alike",
      "every filter of events alone, and every two of them, oldest and newest first",
    ],
  );
}

function rewrites(fault: string, rewrite: (event: AuditEvent) => AuditEvent, caughtBy: readonly string[]): BrokenStore {
  const events = (inner: Store) => async (query: EventQuery) => {
    const page = await inner.events(query);
    return { ...page, items: page.items.map(rewrite) };
  };
  return reads(fault, events, caughtBy);
}

const RANGE = "a range of events includes its beginning and not its end, to the millisecond";
const PAGES = "pages of any size meet every event once, in order, and end, however few of the tenant's they are";
const UNICODE =
  "text is kept to the code unit: in names, owners, tenants, metadata and events, and none is taken for another";
const ROUND_TRIP = "an event comes back deep-equal, whatever Unicode, line breaks and JSON it holds";

export const eventsMisread: readonly BrokenStore[] = [
  forgets("keyId"),
  forgets("actor"),
  forgets("types"),
  forgets("fromAt"),
  forgets("beforeAt"),
  reads(
    "takes an empty list of types for no filter",
    (inner) =>
      ({ types, ...query }) =>
        inner.events(types === undefined || types.length === 0 ? query : { ...query, types }),
    ["every filter of events alone, and every two of them, oldest and newest first"],
  ),
  reads(
    "includes the end of a range of events",
    (inner) => (query) =>
      inner.events(query.beforeAt === undefined ? query : { ...query, beforeAt: query.beforeAt + 1 }),
    [RANGE],
  ),
  reads(
    "leaves out the beginning of a range of events",
    (inner) => (query) => inner.events(query.fromAt === undefined ? query : { ...query, fromAt: query.fromAt + 1 }),
    [RANGE],
  ),
  reads(
    "reads events newest first, however it is asked",
    (inner) => (query) => inner.events({ ...query, order: "newest" }),
    ["events of a tenant go by time, either way, and within one millisecond by the id's ASCII code units"],
  ),
  reads(
    "pages events by the millisecond alone",
    (inner) => (query) => {
      const id = query.order === "oldest" ? "\uffff" : "";
      return inner.events(query.after === undefined ? query : { ...query, after: { ...query.after, id } });
    },
    [
      PAGES,
      "events of a key that were there before a walk, oldest first, are met exactly once while others come",
      "events of a tenant that were there before a walk, newest first, are met exactly once while others come",
    ],
  ),
  reads(
    "filters a page of events after it was cut, and says that a short one is the last",
    (inner) => async (query) => {
      const { keyId, ...all } = query;
      const page = await inner.events(all);
      const items = page.items.filter((event) => keyId === undefined || event.keyId === keyId);
      return items.length < query.limit ? { items } : { ...page, items };
    },
    [PAGES],
  ),
  rewrites("keeps events on one line", (event) => JSON.parse(JSON.stringify(event).replaceAll("\\n", " ")), [
    "a line break, a quote and a name that means something elsewhere stay what they are",
  ]),
  rewrites("gives an event members that it did not have", (event) => ({ reason: "", ...event }), [
    ROUND_TRIP,
    "changes of keys, observations, settings and owners are one log, and each comes back with what it had and no more",
  ]),
  rewrites("loses the salt of events", ({ salt: _, ...event }) => event, [ROUND_TRIP]),
  rewrites("normalises what events say", (event) => JSON.parse(JSON.stringify(event).normalize("NFC")), [UNICODE]),
];
