import { type ApiKey, formatCursor, notFound, parseListInput, type StoredKey, toApiKey } from "@claviger/core";
import type { KeyPage } from "../keyring.js";
import type { Shell } from "../shell.js";
import { checkedId } from "./change.js";

/** One key of a tenant. @throws ClavigerError `not_found` also when it was deleted */
export async function getKey<Granted extends string>(
  shell: Shell,
  tenant: string,
  id: unknown,
): Promise<ApiKey<Granted>> {
  const keyId = checkedId(id);
  const [key] = await shell.store.find([keyId], tenant);
  if (key === undefined) throw notFound(keyId);
  return shownKey(key, shell.clock());
}

/** A page of a tenant's keys. */
export async function listKeys<Granted extends string>(
  shell: Shell,
  tenant: string,
  input: unknown,
): Promise<KeyPage<Granted>> {
  const query = parseListInput(input, tenant, shell.catalogue, shell.clock());
  const page = await shell.store.list(query);
  return {
    items: page.items.map((key) => toApiKey<Granted>(key, query.nowMs)),
    ...(page.next !== undefined && { nextCursor: formatCursor(page.next) }),
  };
}

/** @throws ClavigerError `not_found` for a tombstone */
export function shownKey<Shown extends string>(key: StoredKey, nowMs: number): ApiKey<Shown> {
  if (key.state === "destroyed") throw notFound(key.id);
  return toApiKey<Shown>(key, nowMs);
}
