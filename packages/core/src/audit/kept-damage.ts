import type { Found } from "./chain-damage.js";
import type { ChainLine, Place } from "./chain-line.js";
import type { ChainHead } from "./seal.js";

/**
 * What the heads of a chain that were kept elsewhere say of it.
 *
 * @param anchor the end of the last purge: of what came before it nothing can be said
 * @param topVersion the version of the key, as far as it is known
 * @param kept heads of this chain, in the order of their versions
 */
export function keptDamage(
  { hashes, damage }: ChainLine,
  anchor: Place | null,
  topVersion: number,
  kept: readonly ChainHead[],
): readonly Found[] {
  const rewritten: Found[] = [];
  const absent: number[] = [];
  let after = 0;
  let isRewritten = false;
  for (const { version, hash } of kept.filter((head) => head.version >= (anchor?.version ?? 0))) {
    const found = version === anchor?.version ? anchor.hash : hashes.get(version);
    if (found === undefined) absent.push(version);
    else if (found === hash) [after, isRewritten] = [version, false];
    else if (!isRewritten) {
      rewritten.push({ kind: "rewritten", version, after });
      isRewritten = true;
    }
  }
  const [first] = absent.filter((version) => !damage.some((each) => covers(each, version)));
  const through = absent.at(-1);
  if (first === undefined || through === undefined) return rewritten;
  return [...rewritten, { kind: "missing", version: Math.min(first, topVersion + 1), through }];
}

function covers({ kind, version, through = version }: Found, sought: number): boolean {
  return kind === "missing" && version <= sought && sought <= through;
}
