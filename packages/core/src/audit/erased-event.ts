import type { AuditEvent } from "../event/audit-event.js";

/**
 * What is left of an event whose body is erased: what it was about and when, and its place in the chain. Whoever acted,
 * from where, why, and every detail are gone, and with them the salt, so that no guess of what they were can be tried
 * against the hash that stays. One that is erased already stays as it is.
 *
 * @param erasedAt epoch ms
 */
export function erasedEvent(event: AuditEvent, erasedAt: number): AuditEvent {
  if (event.erasedAt !== undefined) return event;
  const { id, type, tenant, keyId, at, version, chain } = event;
  return {
    id,
    type,
    tenant,
    ...(keyId !== undefined && { keyId }),
    actor: "",
    at,
    ...(version !== undefined && { version }),
    data: {},
    ...(chain !== undefined && { chain }),
    erasedAt,
  };
}
