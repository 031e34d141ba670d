import { type ChainedEvent, isIntact } from "./chained-event.js";

/** Which events of a chain a later one says were erased: their ids by version. */
export function recordedErasures(events: readonly ChainedEvent[]): ReadonlySet<string> {
  const erasures = events.filter((event) => event.type === "key.event_erased" && isIntact(event));
  return new Set(
    erasures
      .filter(({ version, data }) => typeof data.version === "number" && data.version < version)
      .map(({ data }) => erasureName(data.version, data.eventId)),
  );
}

/** Whether a later event of the chain says that this one was erased. */
export function isRecorded({ version, id }: ChainedEvent, erasures: ReadonlySet<string>): boolean {
  return erasures.has(erasureName(version, id));
}

function erasureName(version: unknown, eventId: unknown): string {
  return `${version} ${eventId}`;
}
