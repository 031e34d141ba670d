import type { Accepted } from "claviger";
import type { Verifier } from "./verifier.js";

/** What an `apiKeyAuth` found out about a request that it admitted. */
export interface Attachment {
  readonly keyring: Verifier;
  readonly token: string;
  readonly verdict: Accepted;
  readonly realm: string;
}

// By the raw request, so that it ends with it. Oldest first, one a keyring.
const attachments = new WeakMap<object, readonly Attachment[]>();

/** Remembers what was found out, in place of what was known by the same keyring. */
export function attach(raw: object, attachment: Attachment): void {
  const others = attachmentsOf(raw).filter(({ keyring }) => keyring !== attachment.keyring);
  attachments.set(raw, [...others, attachment]);
}

/** What the same keyring found out about the same token in the same request. */
export function attachedBy(raw: object, keyring: Verifier, token: string): Attachment | undefined {
  return attachmentsOf(raw).find((attachment) => attachment.keyring === keyring && attachment.token === token);
}

/** What the last `apiKeyAuth` found out: whose key the handler sees. */
export function lastAttached(raw: object): Attachment | undefined {
  return attachmentsOf(raw).at(-1);
}

function attachmentsOf(raw: object): readonly Attachment[] {
  return attachments.get(raw) ?? [];
}
