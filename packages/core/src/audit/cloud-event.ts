import type { AuditEvent } from "../event/audit-event.js";

/** An event in the JSON format of CloudEvents 1.0. */
export interface CloudEvent {
  readonly specversion: "1.0";
  /** The event's own. Who has met it before has met the same event. */
  readonly id: string;
  /** `/claviger/tenants/` and the tenant, percent-encoded. */
  readonly source: string;
  /** `dev.claviger.` and the event's type. */
  readonly type: string;
  /** The key, of an event about one. */
  readonly subject?: string;
  /** RFC 3339, UTC. Absent where a clock was so wrong that it is in no year from 0 to 9999; `data.at` has it all the same. */
  readonly time?: string;
  readonly datacontenttype: "application/json";
  /** The event as the log holds it, so that a copy of the log can be verified. */
  readonly data: AuditEvent;
}

/** The first and the last millisecond that RFC 3339 (§5.6) can write: years have four digits. */
const FIRST_MS = -62_167_219_200_000;
const LAST_MS = 253_402_300_799_999;

/**
 * An event as CloudEvents 1.0 describes one (§3, context attributes). Names of people stay within `data`, since
 * intermediaries may log the rest.
 */
export function cloudEventOf(event: AuditEvent): CloudEvent {
  return {
    specversion: "1.0",
    id: event.id,
    source: `/claviger/tenants/${encodeURIComponent(event.tenant)}`,
    type: `dev.claviger.${event.type}`,
    ...(event.keyId !== undefined && { subject: event.keyId }),
    ...(event.at >= FIRST_MS && event.at <= LAST_MS && { time: new Date(event.at).toISOString() }),
    datacontenttype: "application/json",
    data: event,
  };
}
