import type { JsonValue } from "../value/metadata.js";

/** What ties a change to the change of the same key before it. Both are 64 lower-case hex digits. */
export interface ChainLink {
  /** SHA-256 of the canonical body. It stays when the body is erased. */
  readonly bodyHash: string;
  /** The head of the key's chain with this event: over the head before it and `bodyHash`. */
  readonly hash: string;
}

/** One entry of the audit log. Holds no token, digest or pepper. */
export interface AuditEvent<Type extends string = string> {
  /** Unique; a write that is tried again carries the same one. */
  readonly id: string;
  readonly type: Type;
  readonly tenant: string;
  /** Of an event about a key. */
  readonly keyId?: string;
  /** Of an event about an owner. */
  readonly owner?: string;
  /** Who acted; `system` where the application itself did. Empty once the body is erased. */
  readonly actor: string;
  /** The IP address from which he acted, where the application said so. */
  readonly address?: string;
  /** Epoch ms. */
  readonly at: number;
  /** Given by the actor, 1 to 200 characters. */
  readonly reason?: string;
  /** The version of the key or the settings after a change; absent on what is none. */
  readonly version?: number;
  /** What changed or was noticed. Empty once the body is erased. */
  readonly data: { readonly [name: string]: JsonValue };
  /** On changes of a key: random, so that nobody can guess an erased body from its hash. Gone once the body is erased. */
  readonly salt?: string;
  /** On changes of a key. Absent on those that were made before there were chains. */
  readonly chain?: ChainLink;
  /** Epoch ms: since then actor, address, reason, owner, data and salt are gone. */
  readonly erasedAt?: number;
}

/** An event before it has its place in a chain: what its body hash is made over. */
export type EventBody<Type extends string = string> = Omit<AuditEvent<Type>, "chain" | "erasedAt">;
