import { isHash } from "./chain.js";
import { treeHash } from "./tree-hash.js";

/** How far the chain of a key went when someone looked. */
export interface ChainHead {
  readonly keyId: string;
  /** Of the last event. */
  readonly version: number;
  /** The chain's hash with that event: 64 lower-case hex digits. */
  readonly hash: string;
}

/** A head that was kept elsewhere. */
export interface KeptHead extends ChainHead {
  /** Epoch ms, of one out of a seal: everything after this head came later. */
  readonly sealedAt?: number;
}

/**
 * The heads of all chains of a tenant, under one hash. Kept elsewhere, it shows what was changed here since. Tenant and
 * time are not under the hash: they are worth what the place is worth where the seal was kept.
 */
export interface Seal {
  readonly tenant: string;
  /** Epoch ms. */
  readonly sealedAt: number;
  /** Merkle tree hash (RFC 9162 §2.1.1) over the canonical JSON of each head. Who publishes it alone can prove the rest by it. */
  readonly root: string;
  /** How many heads there are. */
  readonly size: number;
  /** By `keyId`, in the order of code units. */
  readonly heads: readonly ChainHead[];
}

/**
 * Puts the heads of a tenant's chains under one hash.
 *
 * @param heads in any order; of a key that is there twice the later one counts
 * @param sealedAt epoch ms
 */
export function sealOf(tenant: string, heads: readonly ChainHead[], sealedAt: number): Seal {
  const latest = new Map<string, ChainHead>();
  for (const { keyId, version, hash } of heads) {
    if (version > (latest.get(keyId)?.version ?? 0)) latest.set(keyId, { keyId, version, hash });
  }
  const sorted = [...latest.values()].sort((a, b) => (a.keyId < b.keyId ? -1 : 1));
  return { tenant, sealedAt, root: rootOf(sorted), size: sorted.length, heads: sorted };
}

/** Whether a seal's root is that of its heads: nobody has touched it since, if it is the root that was kept. */
export function checkSeal({ root, size, heads }: Seal): boolean {
  const isSorted = heads.every(({ keyId }, index) => index === 0 || (heads[index - 1]?.keyId ?? "") < keyId);
  return isSorted && size === heads.length && isHash(root) && rootOf(heads) === root;
}

function rootOf(heads: readonly ChainHead[]): string {
  // Canonical JSON, since the members are in order: to sort them a million times takes longer than to hash them.
  return treeHash(heads.map(({ keyId, version, hash }) => JSON.stringify({ hash, keyId, version })));
}
