import {
  ClavigerError,
  generateId,
  generateToken,
  type KeyDraft,
  MAX_ID_ATTEMPTS,
  newKey,
  parseKeyDraft,
  toApiKey,
} from "@claviger/core";
import { linkChange } from "../events/change-event.js";
import { SYSTEM } from "../events/event-of.js";
import { recordRefusal } from "../events/record-refusal.js";
import type { IssuedKey } from "../keyring.js";
import type { Shell } from "../shell.js";

/** Makes a key for a tenant. A refusal is recorded. */
export async function createKey<Granted extends string>(
  shell: Shell,
  tenant: string,
  input: unknown,
): Promise<IssuedKey<Granted>> {
  const draft = parseKeyDraft(input);
  const { owner, reason, address } = draft;
  return recordRefusal(shell, { type: "key.refused", tenant, act: "create", owner, reason, address }, () =>
    issue<Granted>(shell, tenant, draft),
  );
}

/** Draws another id should the first be taken. */
async function issue<Granted extends string>(
  shell: Shell,
  tenant: string,
  draft: KeyDraft,
): Promise<IssuedKey<Granted>> {
  const { settings, catalogue, prefix, random, peppers } = shell;
  for (let attempt = 1; attempt <= MAX_ID_ATTEMPTS; attempt += 1) {
    const nowMs = shell.clock();
    const id = generateId(random);
    const token = generateToken({ prefix, id, random });
    const record = newKey(
      draft,
      { id, tenant, createdBy: SYSTEM, digest: peppers.sign(token) },
      { settings, catalogue },
      nowMs,
    );
    const { owner, name, scopes, expiresAt, notBefore } = record;
    const data = { owner, name, scopes, expiresAt, notBefore };
    const { reason, address } = draft;
    const { next, event } = linkChange(random, record, { type: "key.created", data, reason, address }, nowMs);
    const { outcome } = await shell.store.insert(next, { maxLive: settings.maxKeysPerOwner, nowMs }, event);
    if (outcome === "inserted") return { key: toApiKey<Granted>(next, nowMs), token };
    if (outcome === "limit_reached") throw limitReached(settings.maxKeysPerOwner);
  }
  throw new ClavigerError(
    "random_unusable",
    `${MAX_ID_ATTEMPTS} ids drawn in a row were taken: the source of randomness repeats itself`,
  );
}

function limitReached(limit: number): ClavigerError {
  return new ClavigerError(
    "limit_reached",
    `the owner holds ${limit} live keys, as many as the settings allow: revoke or delete one first`,
    {
      field: "owner",
      limit,
    },
  );
}
