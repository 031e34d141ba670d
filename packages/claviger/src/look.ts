import type { Gates, Identity, KnownIdentity } from "@claviger/core";
import type { WarmKey } from "./warm-key.js";

/** What came of looking at a token and the key that it names, at a time. A class: see `plainMaker` of core. */
export class Look<
  Key extends WarmKey | undefined = WarmKey | undefined,
  Known extends Identity = Identity,
  Before extends Gates | undefined = Gates | undefined,
> {
  readonly key: Key;
  readonly identity: Known;
  /** The gates before the key, where they are known. */
  readonly gates: Before;
  /** Epoch ms. */
  readonly nowMs: number;
  readonly token: string;

  constructor(key: Key, identity: Known, gates: Before, nowMs: number, token: string) {
    this.key = key;
    this.identity = identity;
    this.gates = gates;
    this.nowMs = nowMs;
    this.token = token;
  }
}

/** The key that a token is of, at a time. */
export type Identified = Look<WarmKey, KnownIdentity>;

/** A key whose gates are known, too: all that it takes to decide. */
export type Recalled = Look<WarmKey, KnownIdentity, Gates>;
