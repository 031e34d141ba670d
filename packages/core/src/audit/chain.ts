import { sha256 } from "#sha256";
import type { ChainLink, EventBody } from "../event/audit-event.js";
import { canonicalJson } from "./canonical-json.js";
import { pairHash } from "./pair-hash.js";

/** What stands for the head before a chain begins. */
const NO_HEAD = "0".repeat(64);
const HASH = /^[0-9a-f]{64}$/;

/** Whether a text is SHA-256 as everything here writes it: no other text stands for the same bytes. */
export function isHash(text: unknown): text is string {
  return typeof text === "string" && HASH.test(text);
}

/** SHA-256 of an event's canonical body: all of it but its place in the chain. */
export function bodyHashOf(body: EventBody): string {
  const { id, type, tenant, keyId, owner, actor, address, at, reason, version, data, salt } = body;
  return sha256(
    canonicalJson({
      id,
      type,
      tenant,
      ...(keyId !== undefined && { keyId }),
      ...(owner !== undefined && { owner }),
      actor,
      ...(address !== undefined && { address }),
      at,
      ...(reason !== undefined && { reason }),
      ...(version !== undefined && { version }),
      data,
      ...(salt !== undefined && { salt }),
    }),
  );
}

/**
 * The head of a chain with one more event: `h_n = SHA-256(0x02 ‖ h_{n-1} ‖ bodyHash)`.
 *
 * @param head of the chain before it; null, where it begins, stands for 32 zero bytes
 */
export function headAfter(head: string | null, bodyHash: string): string {
  return pairHash(0x02, head ?? NO_HEAD, bodyHash);
}

/** The place that an event takes in a chain. */
export function linkOf(body: EventBody, head: string | null): ChainLink {
  const bodyHash = bodyHashOf(body);
  return { bodyHash, hash: headAfter(head, bodyHash) };
}
