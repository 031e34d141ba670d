import type { Accepted } from "claviger";
import type { Verifier } from "./verifier.js";

/** What an `apiKeyAuth` found out about a request that it admitted. */
export interface Attachment {
  readonly keyring: Verifier;
  readonly token: string;
  readonly verdict: Accepted;
  readonly realm: string;
  /** What was found out before. */
  readonly earlier: Attachment | undefined;
}

// By the raw request, so that it ends with it.
const attachments = new WeakMap<object, Attachment>();

/** Remembers what was found out, in place of what was known by the same keyring. */
export function attach(raw: object, { keyring, token, verdict, realm }: Omit<Attachment, "earlier">): void {
  attachments.set(raw, { keyring, token, verdict, realm, earlier: attachments.get(raw) });
}

/** What the same keyring found out last, if that was about the same token in the same request. */
export function attachedBy(raw: object, keyring: Verifier, token: string): Attachment | undefined {
  let known = attachments.get(raw);
  while (known !== undefined && known.keyring !== keyring) known = known.earlier;
  return known?.token === token ? known : undefined;
}

/** What the last `apiKeyAuth` found out: whose key the handler sees. */
export function lastAttached(raw: object): Attachment | undefined {
  return attachments.get(raw);
}
