import {
  isKeyState,
  type KeyEntry,
  type KeyRecord,
  type KeyState,
  type RotationRecord,
  type StoredDigest,
  type StoredKey,
  searchText,
  type Tombstone,
  type UsedKeyRecord,
} from "@claviger/core";
import { attributes, type Item, jsonOf, numberOf, textOf, textsOf, type Value } from "../client/item.js";
import { placeText } from "../order/place.js";
import { deletedPartition, scopedName, tenantPartition } from "../table/addresses.js";

/**
 * Every attribute that a write of a key sets or takes away. Not among them, so that no write of a key touches them:
 * `lastUsedAt`, which usage tracking merges, `placeGivenAway`, which weeding sets, and the chain's anchor, which purging moves.
 */
type Written = Readonly<Record<(typeof WRITTEN_NAMES)[number], Value>>;

export const WRITTEN_NAMES = [
  "id",
  "tenant",
  "state",
  "version",
  "head",
  "createdAt",
  "updatedAt",
  "createdBy",
  "owner",
  "name",
  "scopes",
  "limits",
  "restrictions",
  "metadata",
  "expiresAt",
  "notBefore",
  "secretVersion",
  "digestAlg",
  "digestPepper",
  "digestHex",
  "previousAlg",
  "previousPepper",
  "previousHex",
  "previousSecretVersion",
  "rotationStartedAt",
  "previousEndsAt",
  "previousExpiresAt",
  "search",
  "listOf",
  "listOfOwner",
  "listAt",
] as const;

const NOTHING: Written = Object.freeze(Object.fromEntries(WRITTEN_NAMES.map((name) => [name, null])) as Written);

/** A key as attributes; a tombstone has but a few, and a part of the index of keys to itself. */
export function toKeyItem(key: KeyEntry): Item {
  return attributes(writtenOf(key));
}

function writtenOf(key: KeyEntry): Written {
  const { id, tenant, state, version, head, createdAt, updatedAt } = key;
  const listAt = placeText({ at: createdAt, id });
  const every = { ...NOTHING, id, tenant, state, version, head, createdAt, updatedAt, listAt };
  if (key.state === "destroyed") return { ...every, listOf: deletedPartition(tenant) };
  return {
    ...every,
    createdBy: key.createdBy,
    owner: key.owner,
    name: key.name,
    scopes: key.scopes,
    limits: JSON.stringify(key.limits),
    restrictions: JSON.stringify(key.restrictions),
    metadata: JSON.stringify(key.metadata),
    expiresAt: key.expiresAt,
    notBefore: key.notBefore,
    secretVersion: key.secretVersion,
    digestAlg: key.digest.alg,
    digestPepper: pepperOf(key.digest),
    digestHex: key.digest.hex,
    previousAlg: key.rotation?.previous.alg ?? null,
    previousPepper: key.rotation && pepperOf(key.rotation.previous),
    previousHex: key.rotation?.previous.hex ?? null,
    previousSecretVersion: key.rotation?.previousSecretVersion ?? null,
    rotationStartedAt: key.rotation?.startedAt ?? null,
    previousEndsAt: key.rotation?.previousEndsAt ?? null,
    previousExpiresAt: key.rotation?.previousExpiresAt ?? null,
    search: searchText(key),
    listOf: tenantPartition(tenant),
    listOfOwner: scopedName(tenant, key.owner),
  };
}

/** The key that an item holds; undefined where it holds none, as a fence does. */
export function fromKeyItem(item: Item): StoredKey | undefined {
  const state = textOf(item, "state");
  if (state === null || !isKeyState(state)) return undefined;
  return state === "destroyed" ? tombstoneOf(item) : recordOf(item, state);
}

function tombstoneOf(item: Item): Tombstone {
  return {
    state: "destroyed",
    id: textOf(item, "id") ?? "",
    tenant: textOf(item, "tenant") ?? "",
    createdAt: numberOf(item, "createdAt") ?? 0,
    updatedAt: numberOf(item, "updatedAt") ?? 0,
    version: numberOf(item, "version") ?? 0,
    head: textOf(item, "head"),
  };
}

// One literal: to spread two objects into a third costs ten times as much as all of this.
function recordOf(item: Item, state: KeyRecord["state"]): UsedKeyRecord {
  return {
    state,
    id: textOf(item, "id") ?? "",
    tenant: textOf(item, "tenant") ?? "",
    owner: textOf(item, "owner") ?? "",
    name: textOf(item, "name") ?? "",
    scopes: textsOf(item, "scopes"),
    limits: jsonOf(item, "limits"),
    restrictions: jsonOf(item, "restrictions"),
    metadata: jsonOf(item, "metadata"),
    createdAt: numberOf(item, "createdAt") ?? 0,
    createdBy: textOf(item, "createdBy") ?? "",
    updatedAt: numberOf(item, "updatedAt") ?? 0,
    expiresAt: numberOf(item, "expiresAt"),
    notBefore: numberOf(item, "notBefore"),
    version: numberOf(item, "version") ?? 0,
    secretVersion: numberOf(item, "secretVersion") ?? 0,
    digest: digestOf(item, "digest"),
    rotation: rotationOf(item),
    head: textOf(item, "head"),
    lastUsedAt: numberOf(item, "lastUsedAt"),
  };
}

function rotationOf(item: Item): RotationRecord | null {
  const startedAt = numberOf(item, "rotationStartedAt");
  if (startedAt === null) return null;
  return {
    previous: digestOf(item, "previous"),
    previousSecretVersion: numberOf(item, "previousSecretVersion") ?? 0,
    startedAt,
    // Without an end the former secret has ended: a damaged item fails closed.
    previousEndsAt: numberOf(item, "previousEndsAt") ?? 0,
    previousExpiresAt: numberOf(item, "previousExpiresAt"),
  };
}

function pepperOf(digest: StoredDigest): string | null {
  return digest.alg === "hmac-sha256" ? digest.pepperId : null;
}

/** What is no digest becomes one that nothing matches, not one of another algorithm. */
function digestOf(item: Item, of: "digest" | "previous"): StoredDigest {
  const alg = textOf(item, `${of}Alg`);
  const pepperId = textOf(item, `${of}Pepper`);
  const hex = textOf(item, `${of}Hex`) ?? "";
  if (alg === "sha256") return { alg, hex };
  if (alg === "hmac-sha256" && pepperId !== null) return { alg, pepperId, hex };
  return { alg: "sha256", hex: "" };
}

/** Whether an item holds a key that can still be used, changed or listed. */
export function isKept(item: Item | undefined): item is Item {
  const state = item && textOf(item, "state");
  return typeof state === "string" && isKeyState(state) && state !== ("destroyed" satisfies KeyState);
}
