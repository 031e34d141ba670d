import { admits } from "./admits.js";
import { createIpRule } from "./ip-rule.js";
import type { Restrictions } from "./restrictions.js";

/** On what a request acts: one name by kind of resource. */
export interface NamedResources {
  readonly [kind: string]: string;
}

/**
 * Whether a key's restrictions permit a request. Deny wins, and a restriction on something that the request does not
 * name denies. A request that names resources alone is the second half of a `verify` that was told `"later"`, which has
 * judged the address already: then only resources count. What cannot be read denies; nothing throws.
 */
export function permits(
  key: { readonly restrictions: Restrictions },
  request: { readonly ip?: string; readonly resources?: NamedResources },
): boolean {
  return failingClosed(
    () =>
      (namesResourcesAlone(request) || createIpRule(key.restrictions)(request.ip)) &&
      namesPermitted(key.restrictions, request.resources),
  );
}

function namesResourcesAlone(request: { readonly ip?: string; readonly resources?: NamedResources }): boolean {
  return isRecord(request.resources) && !Object.hasOwn(request, "ip");
}

/** Whether the restrictions permit what a request names. `later`: the caller will ask `permits`. Never throws. */
export function resourcesPermitted(
  restrictions: Restrictions,
  resources: NamedResources | "later" | undefined,
): boolean {
  return resources === "later" || namesPermitted(restrictions, resources);
}

function namesPermitted(restrictions: Restrictions, resources: NamedResources | undefined): boolean {
  return failingClosed(() => {
    if (!isRecord(restrictions)) return false;
    if (restrictions.resources === undefined) return true;
    if (!isRecord(restrictions.resources)) return false;
    return Object.entries(restrictions.resources).every(([kind, rule]) => {
      const name = ownMember(resources, kind);
      return typeof name === "string" && admits(rule, (entry) => entry === name);
    });
  });
}

/** What is inherited, such as `constructor`, is nothing that the request names. */
function ownMember(names: unknown, kind: string): unknown {
  return isRecord(names) && Object.hasOwn(names, kind) ? Reflect.get(names, kind) : undefined;
}

// Rows are read back from a store, and requests come from callers without types.
function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function failingClosed(decide: () => boolean): boolean {
  try {
    return decide();
  } catch {
    return false;
  }
}
