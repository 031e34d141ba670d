import { createKeyring, type Keyring, type Pepper, type RegisteredScope, type Store } from "claviger";
import { scopes } from "./scopes.js";

/** Every token of this API begins so; a secret scanner can look for it. */
export const TOKEN_PREFIX = "acme_demo";

export interface InvoicingKeyringOptions {
  /** Where the keys are kept. Nothing else about the API depends on it. */
  readonly store: Store;
  /** A real service reads them from where it keeps its other secrets. */
  readonly peppers: readonly Pepper[];
  readonly clock?: () => number;
}

/** The keyring of the invoicing API. */
export function createInvoicingKeyring({
  store,
  peppers,
  clock = Date.now,
}: InvoicingKeyringOptions): Keyring<RegisteredScope> {
  return createKeyring({
    store,
    prefix: TOKEN_PREFIX,
    peppers,
    scopes,
    settings: { maxKeysPerOwner: 100, maxLifetime: "365d", defaultLifetime: "90d" },
    clock,
  });
}
