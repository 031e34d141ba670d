import { MAX_SCOPES } from "../bounds.js";
import { isScope } from "../scope/grammar.js";
import { isPlain } from "../value/is-plain.js";
import { describeValue } from "../value/refuse.js";
import type { VerifyRequest } from "./verify-request.js";

/** A verify request that can be decided on. */
export interface CheckedRequest extends VerifyRequest {
  readonly scopes: readonly string[];
  readonly cost: number;
}

/** What is wrong with a request: a programmer's mistake, which denies. */
export interface RequestProblem {
  readonly problem: string;
}

const NOTHING_ASKED: CheckedRequest = Object.freeze({ scopes: [], cost: 1 });

const READERS: { readonly [Field in keyof Required<VerifyRequest>]: (value: unknown) => string | undefined } = {
  scopes: (value) => (areScopes(value) ? undefined : `an array of at most ${MAX_SCOPES} scopes, without wildcards`),
  ip: (value) => (typeof value === "string" ? undefined : "an address as a string"),
  resources: (value) =>
    value === "later" || areResources(value) ? undefined : 'an object of strings by kind, or "later"',
  cost: (value) => (Number.isSafeInteger(value) && Number(value) > 0 ? undefined : "a positive whole number"),
  tenant: (value) => (typeof value === "string" ? undefined : "a string"),
  // However long: it is the client's word, and no reason to deny.
  client: (value) => (typeof value === "string" ? undefined : "a string"),
};

/**
 * Reads what a request asks for, each member once. Hand-written rather than by schema: it runs on every verify.
 * Never throws; what it cannot read is a problem.
 */
export function readVerifyRequest(request: unknown): CheckedRequest | RequestProblem {
  if (request === undefined) return NOTHING_ASKED;
  try {
    if (!isRecord(request)) return { problem: `the request must be a plain object; got ${describeValue(request)}` };
    return readFields(request);
  } catch {
    return { problem: "the request could not be read: looking at it threw" };
  }
}

// An instance of a class may ask by its prototype, and would be read as if it had asked for nothing.
function isRecord(request: unknown): request is object {
  return typeof request === "object" && request !== null && !Array.isArray(request) && isPlain(request);
}

function readFields(request: object): CheckedRequest | RequestProblem {
  const checked: { -readonly [Field in keyof CheckedRequest]: CheckedRequest[Field] } = { ...NOTHING_ASKED };
  for (const name of Reflect.ownKeys(request)) {
    if (!isField(name))
      return {
        problem: `the request has no field ${describeValue(name)}; allowed: ${Object.keys(READERS).join(", ")}`,
      };
    const given: unknown = copyOf(Reflect.get(request, name));
    if (given === undefined) continue;
    const allowed = READERS[name](given);
    if (allowed !== undefined) return { problem: `${name} must be ${allowed}; got ${describeValue(given)}` };
    Reflect.set(checked, name, given);
  }
  return checked;
}

// A copy, so that what was checked is what is decided on; spread, so that no hole in an array goes unchecked.
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...value.slice(0, MAX_SCOPES + 1)];
  return typeof value === "object" && value !== null && isPlain(value) ? { ...value } : value;
}

function isField(name: string | symbol): name is keyof VerifyRequest {
  return Object.hasOwn(READERS, name);
}

function areScopes(value: unknown): boolean {
  return Array.isArray(value) && value.length <= MAX_SCOPES && value.every(isScope);
}

function areResources(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value) || !isPlain(value)) return false;
  return Object.values(value).every((name) => typeof name === "string");
}
