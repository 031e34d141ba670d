import type { Found } from "./chain-damage.js";
import type { ChainLine, Place } from "./chain-line.js";
import type { ChainHead } from "./seal.js";

/** What heads that were kept elsewhere say of a chain. */
export interface KeptLook {
  readonly damage: readonly Found[];
  /** How many name what a purge took away. */
  readonly unchecked: number;
}

/**
 * Compares a chain with the heads of it that were kept elsewhere.
 *
 * @param anchor the end of the last purge: of what came before it and is gone nothing can be said
 * @param topVersion the version of the key, as far as it is known
 * @param kept heads of this chain, in the order of their versions
 */
export function keptLook(
  { hashes, damage }: Pick<ChainLine, "hashes" | "damage">,
  anchor: Place | null,
  topVersion: number,
  kept: readonly ChainHead[],
): KeptLook {
  const rewritten: Found[] = [];
  const absent: number[] = [];
  let unchecked = 0;
  let after = 0;
  let isRewritten = false;
  for (const { version, hash } of kept) {
    const found = version === anchor?.version ? anchor.hash : hashes.get(version);
    if (found === undefined && version < (anchor?.version ?? 0)) unchecked += 1;
    else if (found === undefined) absent.push(version);
    else if (found === hash) [after, isRewritten] = [version, false];
    else if (!isRewritten) {
      rewritten.push({ kind: "rewritten", version, after });
      isRewritten = true;
    }
  }
  const [first] = absent.filter((version) => !damage.some((each) => covers(each, version)));
  const through = absent.at(-1);
  if (first === undefined || through === undefined) return { damage: rewritten, unchecked };
  const missing: Found = { kind: "missing", version: Math.min(first, topVersion + 1), through };
  return { damage: [...rewritten, missing], unchecked };
}

function covers({ kind, version, through = version }: Found, sought: number): boolean {
  return kind === "missing" && version <= sought && sought <= through;
}
