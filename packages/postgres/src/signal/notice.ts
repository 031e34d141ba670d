import type { Signal } from "@claviger/core";

/** What comes by the channel: a change, or the word by which a store proves that it hears. */
export type Notice =
  | Extract<Signal, { readonly kind: "key" | "tenant" | "owner" }>
  | { readonly kind: "nonce"; readonly nonce: string };

/** Undefined for what a store of this release does not send: anyone may send something, and a later release something else. */
export function readNotice(payload: string): Notice | undefined {
  const { kind, keyId, tenant, owner, nonce } = membersOf(payload);
  if (kind === "key" && typeof keyId === "string") return { kind, keyId };
  if (kind === "tenant" && typeof tenant === "string") return { kind, tenant };
  if (kind === "owner" && typeof tenant === "string" && typeof owner === "string") return { kind, tenant, owner };
  if (kind === "nonce" && typeof nonce === "string") return { kind, nonce };
  return undefined;
}

function membersOf(payload: string): { readonly [name: string]: unknown } {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
