import type { JsonValue } from "../value/metadata.js";

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
  /** Who acted; `system` where the application itself did. */
  readonly actor: string;
  /** Epoch ms. */
  readonly at: number;
  /** Given by the actor, 1 to 200 characters. */
  readonly reason?: string;
  /** The version of the key or the settings after a change; absent on what is none. */
  readonly version?: number;
  /** What changed or was noticed. */
  readonly data: { readonly [name: string]: JsonValue };
}
