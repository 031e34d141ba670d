import { ClavigerError, type SharedLimits, type Store } from "@claviger/core";

/** Which of the shared limits a store has no meters for; undefined: it has, or none are asked for. */
function lacking({ capabilities }: Pick<Store, "capabilities">, asked: Partial<SharedLimits>): string | undefined {
  if (capabilities.sharedMeters) return undefined;
  return (["ownerLimits", "tenantLimits"] as const).find((name) => (asked[name]?.length ?? 0) > 0);
}

/** @throws TypeError naming the setting */
export function requireSharedMeters(store: Pick<Store, "capabilities">, settings: SharedLimits): void {
  const name = lacking(store, settings);
  if (name === undefined) return;
  throw new TypeError(`settings.${name} must be left out: this store's capabilities.sharedMeters is false`);
}

/** @throws ClavigerError `policy_violation` naming the setting */
export function checkSharedMeters(
  store: Pick<Store, "capabilities">,
  asked: { readonly [Name in keyof SharedLimits]?: SharedLimits[Name] | null },
): void {
  const { ownerLimits, tenantLimits } = asked;
  const field = lacking(store, { ownerLimits: ownerLimits ?? [], tenantLimits: tenantLimits ?? [] });
  if (field === undefined) return;
  throw new ClavigerError("policy_violation", `${field}: this store has no meters that keys share`, { field });
}
