import { canonicalJson } from "./canonical-json.js";
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

/** The heads of all chains of a tenant, under one hash. Kept elsewhere, it shows what was changed here since. */
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
  return treeHash(heads.map(({ keyId, version, hash }) => canonicalJson({ keyId, version, hash })));
}
