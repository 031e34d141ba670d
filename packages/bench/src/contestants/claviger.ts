import { createKeyring, type KeyringOptions } from "claviger";
import type { Contestant, Given } from "../contestant.js";
import { PREFIX } from "../tokens/made-up.js";
import { CLIENT_ADDRESS, PEPPERS, SCOPES } from "../tokens/sample.js";

const REQUIRED = ["invoices:read"] as const;

/**
 * A keyring under one pepper, with a catalogue of scopes, asked for what a route asks: a scope, from an address that the
 * key's restriction allows. Everything that is not said in the scenario is as it is by default.
 */
export function claviger(
  name: string,
  options: Pick<KeyringOptions, "store"> & Partial<KeyringOptions>,
  given: Given,
): Contestant {
  const keyring = createKeyring({ prefix: PREFIX, peppers: PEPPERS, scopes: SCOPES, ...options });
  return {
    name,
    ...given,
    verify: (token) => keyring.verify(token, { scopes: REQUIRED, ip: CLIENT_ADDRESS }),
    accepts: (answer) => typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === true,
    ...(options.usage !== false && { finish: () => keyring.flush() }),
    close: () => keyring.close(),
  };
}
