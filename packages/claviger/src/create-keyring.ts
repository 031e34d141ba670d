import { type Grant, parseTenant, type ScopeCatalogue } from "@claviger/core";
import { createShell } from "./create-shell.js";
import { createKeyringEvents } from "./events/create-keyring-events.js";
import { createKeyManager } from "./key-manager.js";
import type { Keyring } from "./keyring.js";
import { createKeyringLimits } from "./limits/create-limit-manager.js";
import type { KeyringOptions } from "./options.js";
import { verify, verifyNow } from "./verify.js";
import { alsoAtOnce } from "./verify-at-once.js";

/** The tenant of an application that has only one. */
const DEFAULT_TENANT = "default";

/**
 * Makes a keyring: what issues, verifies and manages the API keys of one application in one store.
 *
 * @throws TypeError naming the option, what was given and what is allowed
 */
export function createKeyring<Scope extends string = string>(options: KeyringOptions<Scope>): Keyring<Scope> {
  const shell = createShell(options);

  return Object.freeze({
    ...createKeyManager<Scope>(shell, DEFAULT_TENANT),
    verify: alsoAtOnce<Keyring<Scope>["verify"]>(
      (token, request) => verify<Grant<Scope>>(shell, token, request),
      (token, request) => verifyNow(shell, token, request),
    ),
    tenant: (id) => createKeyManager<Scope>(shell, parseTenant(id)),
    scopes: shell.catalogue as ScopeCatalogue<Scope>,
    clock: shell.clock,
    events: createKeyringEvents(shell, DEFAULT_TENANT),
    limits: createKeyringLimits(shell, DEFAULT_TENANT),
    flush: shell.flush,
    close: shell.store.close,
  } satisfies Keyring<Scope>);
}
