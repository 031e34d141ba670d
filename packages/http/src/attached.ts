import type { Accepted } from "claviger";
import type { Verifier } from "./verifier.js";

/** What an `apiKeyAuth` found out about a request that it admitted. */
export class Attachment {
  readonly keyring: Verifier;
  readonly token: string;
  readonly verdict: Accepted;
  readonly realm: string;
  /** What was found out before. */
  readonly earlier: Attachment | undefined;

  constructor(keyring: Verifier, token: string, verdict: Accepted, realm: string, earlier: Attachment | undefined) {
    this.keyring = keyring;
    this.token = token;
    this.verdict = verdict;
    this.realm = realm;
    this.earlier = earlier;
  }
}

class Same {
  constructor(value: object) {
    // biome-ignore lint/correctness/noConstructorReturn: what is constructed is the request itself, so that it gets the private member.
    return value;
  }
}

// A private member of the raw request, which nobody sees or copies, and which ends with it: all that an entry in a WeakMap
// is, but that the collector has to look after such entries, at every request.
class Attached extends Same {
  #last: Attachment | undefined;

  static by(raw: object): Attachment | undefined {
    return typeof raw === "object" && raw !== null && #last in raw ? raw.#last : undefined;
  }

  static attach(raw: object, attachment: Attachment): void {
    const attached = #last in raw ? raw : new Attached(raw);
    attached.#last = attachment;
  }
}

/** Remembers what was found out, in place of what was known by the same keyring. */
export function attach(raw: object, keyring: Verifier, token: string, verdict: Accepted, realm: string): void {
  Attached.attach(raw, new Attachment(keyring, token, verdict, realm, Attached.by(raw)));
}

/** What the same keyring found out last, if that was about the same token in the same request. */
export function attachedBy(raw: object, keyring: Verifier, token: string): Attachment | undefined {
  let known = Attached.by(raw);
  while (known !== undefined && known.keyring !== keyring) known = known.earlier;
  return known?.token === token ? known : undefined;
}

/** What the last `apiKeyAuth` found out: whose key the handler sees. */
export function lastAttached(raw: object): Attachment | undefined {
  return Attached.by(raw);
}
