import {
  type ChangeTerms,
  cancelRotation,
  changeState,
  finishRotation,
  type Grant,
  type KeyEntry,
  parseChangeOptions,
  parseKeyPatch,
  parseRevokeOptions,
  type Step,
  updateKey,
} from "@claviger/core";
import { createEventManager } from "./events/create-event-manager.js";
import type { KeyManager } from "./keyring.js";
import { createLimitManager } from "./limits/create-limit-manager.js";
import { createOwnerManager } from "./owners/create-owner-manager.js";
import { createSettingsManager } from "./settings/create-settings-manager.js";
import type { Shell } from "./shell.js";
import { createUsageReader } from "./usage/create-usage-reader.js";
import { change } from "./verbs/change.js";
import { createKey } from "./verbs/create.js";
import { getKey, listKeys, shownKey } from "./verbs/read.js";
import { rotateKey } from "./verbs/rotate.js";

/** The management verbs bound to one tenant. All are async functions, so that none throws synchronously. */
export function createKeyManager<Scope extends string>(shell: Shell, tenant: string): KeyManager<Scope> {
  const { settings, catalogue } = shell;

  async function act(verb: string, id: string, terms: ChangeTerms, decideStep: (key: KeyEntry, nowMs: number) => Step) {
    const { key, nowMs } = await change(shell, { tenant, id, act: verb, terms }, decideStep);
    return shownKey<Grant<Scope>>(key, nowMs);
  }

  return {
    settings: createSettingsManager(shell, tenant),
    owners: createOwnerManager(shell, tenant),
    usage: createUsageReader(shell, tenant),
    limits: createLimitManager(shell, tenant),
    events: createEventManager(shell, tenant),
    create: async (input) => createKey<Grant<Scope>>(shell, tenant, input),
    get: async (id) => getKey<Grant<Scope>>(shell, tenant, id),
    list: async (input) => listKeys<Grant<Scope>>(shell, tenant, input),
    rotate: async (id, options) => rotateKey<Grant<Scope>>(shell, tenant, id, options),
    async update(id, input, options) {
      const patch = parseKeyPatch(input);
      return act("update", id, parseChangeOptions(options), (key, nowMs) =>
        updateKey(key, patch, { settings, catalogue }, nowMs),
      );
    },
    disable: async (id, options) =>
      act("disable", id, parseChangeOptions(options), (key, nowMs) => changeState(key, "disable", nowMs)),
    enable: async (id, options) =>
      act("enable", id, parseChangeOptions(options), (key, nowMs) => changeState(key, "enable", nowMs)),
    finishRotation: async (id, options) => act("finishRotation", id, parseChangeOptions(options), finishRotation),
    cancelRotation: async (id, options) => act("cancelRotation", id, parseChangeOptions(options), cancelRotation),
    async revoke(id, options) {
      const terms = parseRevokeOptions(options);
      const state = terms.leaked ? "revoke_leaked" : "revoke";
      return act("revoke", id, terms, (key, nowMs) => changeState(key, state, nowMs));
    },
    async delete(id, options) {
      const terms = parseChangeOptions(options);
      await change(shell, { tenant, id, act: "delete", terms }, (key, nowMs) => changeState(key, "delete", nowMs));
    },
  };
}
