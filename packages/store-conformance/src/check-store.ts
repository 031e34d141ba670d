import { describeKind, describeValue, type Store, type StoreCapabilities, unreachable } from "@claviger/core";
import { checkSubject } from "./check-subject.js";
import type { StoreUnderTest } from "./suite.js";

const METHODS = [
  "find",
  "insert",
  "replace",
  "list",
  "consume",
  "refund",
  "recordUsage",
  "usage",
  "append",
  "events",
  "feed",
  "eraseEvents",
  "purgeEvents",
  "chains",
  "settings.get",
  "settings.replace",
  "owners.read",
  "owners.suspend",
  "owners.resume",
  "close",
];

/** Each capability that the kit has tests for, with the values that it can have. */
export const CAPABILITIES: { readonly [Name in keyof StoreCapabilities]: readonly StoreCapabilities[Name][] } = {
  meterClock: ["store", "caller"],
  lists: ["current", "lagging"],
  sharedMeters: [true, false],
  signal: ["sent", "none"],
};

/**
 * What `createStore` returned, as a subject.
 *
 * @throws TypeError it is no store: names the methods that it lacks, the member that is none, or the capability that it
 *   does not declare; or names the member of the subject that is wrong
 */
export function toSubject(created: Store | StoreUnderTest): StoreUnderTest {
  if (typeof created !== "object" || created === null) {
    throw new TypeError(`createStore must return a Store or a StoreUnderTest; got ${describeKind(created)}`);
  }
  if (!("store" in created)) {
    checkStore(created);
    return { store: created };
  }
  checkSubject(created);
  checkStore(created.store);
  return created;
}

/** @throws TypeError it is no store, as {@link toSubject} */
export function checkStore(store: Store): void {
  const missing = METHODS.filter((path) => typeof memberAt(store, path) !== "function");
  if (missing.length > 0) throw new TypeError(`the store has no ${missing.join(", no ")}`);
  checkAtOnce(store);
  checkIfUnchanged(store);
  for (const [name, allowed] of Object.entries<readonly unknown[]>(CAPABILITIES)) {
    const given = memberAt(store, `capabilities.${name}`);
    if (allowed.includes(given)) continue;
    const values = allowed.map(describeValue).join(" or ");
    throw new TypeError(`capabilities.${name} must be ${values}; got ${describeValue(given)}`);
  }
  checkWatch(store);
}

function checkAtOnce(store: Store): void {
  for (const method of ["consume", "settings.get", "owners.read"]) {
    const atOnce = memberAt(store, `${method}.atOnce`);
    if (atOnce === undefined || typeof atOnce === "function") continue;
    throw new TypeError(`${method}.atOnce must be a function, or absent; got ${describeKind(atOnce)}`);
  }
}

function checkIfUnchanged(store: Store): void {
  const form = memberAt(store, "consume.ifUnchanged");
  if (form === undefined || typeof form === "function") return;
  throw new TypeError(`consume.ifUnchanged must be a function, or absent; got ${describeKind(form)}`);
}

function checkWatch({ capabilities, watch }: Store): void {
  const { signal } = capabilities;
  switch (signal) {
    case "sent":
      if (typeof watch === "function") return;
      throw new TypeError('the store has no watch, and its capabilities.signal is "sent"');
    case "none":
      if (watch === undefined) return;
      throw new TypeError('the store has watch, and its capabilities.signal is "none"');
    default:
      unreachable(signal);
  }
}

function memberAt(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inside, name) => {
    const hasMembers = typeof inside === "function" || (typeof inside === "object" && inside !== null);
    return hasMembers ? Reflect.get(inside, name) : undefined;
  }, value);
}
