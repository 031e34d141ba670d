import { MAX_SCOPES } from "../bounds.js";
import type { NamedResources } from "../restriction/permits.js";
import { isScope } from "../scope/grammar.js";
import { isPlain } from "../value/is-plain.js";
import { describeValue } from "../value/refuse.js";

/** A verify request that can be decided on. Always of one shape: what was not asked for is undefined. */
export interface CheckedRequest {
  readonly scopes: readonly string[];
  readonly ip: string | undefined;
  readonly resources: NamedResources | "later" | undefined;
  readonly cost: number;
  readonly tenant: string | undefined;
  readonly client: string | undefined;
}

/** What is wrong with a request: a programmer's mistake, which denies. */
export interface RequestProblem {
  readonly problem: string;
}

const NO_SCOPES: readonly string[] = Object.freeze([]);

/** A request whose members may be anything. */
type Asked = { readonly [Field in keyof CheckedRequest]?: unknown };

/** A class: see `plainMaker`. */
class Draft implements CheckedRequest {
  scopes = NO_SCOPES;
  ip: string | undefined = undefined;
  resources: CheckedRequest["resources"] = undefined;
  cost = 1;
  tenant: string | undefined = undefined;
  client: string | undefined = undefined;
}

const FIELDS = ["scopes", "ip", "resources", "cost", "tenant", "client"] as const satisfies (keyof CheckedRequest)[];
const SCOPES_ALLOWED = `an array of at most ${MAX_SCOPES} scopes, without wildcards`;
const RESOURCES_ALLOWED = 'an object of strings by kind, or "later"';

/**
 * Reads what a request asks for, each member once. Hand-written rather than by schema: it runs on every verify.
 * Never throws; what it cannot read is a problem.
 */
export function readVerifyRequest(request: unknown): CheckedRequest | RequestProblem {
  if (request === undefined) return readFields({});
  try {
    if (!isRecord(request)) return { problem: `the request must be a plain object; got ${describeValue(request)}` };
    return readFields(request);
  } catch {
    return { problem: "the request could not be read: looking at it threw" };
  }
}

// An instance of a class may ask by its prototype, and would be read as if it had asked for nothing.
function isRecord(request: unknown): request is Asked {
  return typeof request === "object" && request !== null && !Array.isArray(request) && isPlain(request);
}

// By own names, so that nothing is asked for by a prototype. A symbol is no name that anyone could have misspelt, and to look
// for one would take as long as all the names.
function readFields(request: Asked): CheckedRequest | RequestProblem {
  const checked = new Draft();
  const names = Object.getOwnPropertyNames(request);
  for (let index = 0; index < names.length; index += 1) {
    const problem = readField(names[index], request, checked);
    if (problem !== undefined) return problem;
  }
  return checked;
}

// Each member by its name as written: by a name in a variable a look takes several times as long.
function readField(name: string | undefined, request: Asked, into: Draft): RequestProblem | undefined {
  switch (name) {
    case "scopes": {
      const given = request.scopes;
      const scopes = given === undefined ? NO_SCOPES : scopesOf(given);
      if (scopes === undefined) return refused(name, SCOPES_ALLOWED, given);
      into.scopes = scopes;
      return undefined;
    }
    case "resources": {
      const given = request.resources;
      into.resources = given === undefined ? undefined : resourcesOf(given);
      return given !== undefined && into.resources === undefined ? refused(name, RESOURCES_ALLOWED, given) : undefined;
    }
    case "cost": {
      const given = request.cost;
      if (given !== undefined && !isCost(given)) return refused(name, "a positive whole number", given);
      into.cost = given ?? 1;
      return undefined;
    }
    case "ip": {
      const given = request.ip;
      if (!isTextOrAbsent(given)) return refused(name, "an address as a string", given);
      into.ip = given;
      return undefined;
    }
    case "tenant": {
      const given = request.tenant;
      if (!isTextOrAbsent(given)) return refused(name, "a string", given);
      into.tenant = given;
      return undefined;
    }
    // However long: it is the client's word, and no reason to deny.
    case "client": {
      const given = request.client;
      if (!isTextOrAbsent(given)) return refused(name, "a string", given);
      into.client = given;
      return undefined;
    }
    default:
      return unknownField(name);
  }
}

function refused(name: keyof CheckedRequest, allowed: string, given: unknown): RequestProblem {
  return { problem: `${name} must be ${allowed}; got ${describeValue(given)}` };
}

function unknownField(name: unknown): RequestProblem {
  return { problem: `the request has no field ${describeValue(name)}; allowed: ${FIELDS.join(", ")}` };
}

function isTextOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || typeof value === "string";
}

function isCost(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

// A copy, so that what was checked is what is decided on; by index, so that no hole in an array goes unchecked.
function scopesOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const given: readonly unknown[] = value;
  const { length } = given;
  if (length > MAX_SCOPES) return undefined;
  if (length === 1) return onlyScope(given[0]);
  const scopes: string[] = [];
  for (let index = 0; index < length; index += 1) {
    const scope = given[index];
    if (!isScope(scope)) return undefined;
    scopes.push(scope);
  }
  return scopes;
}

// As nearly all requests ask. An array that grows takes room for 17.
function onlyScope(scope: unknown): readonly string[] | undefined {
  return isScope(scope) ? [scope] : undefined;
}

function resourcesOf(value: unknown): NamedResources | "later" | undefined {
  if (value === "later") return value;
  if (!isRecord(value)) return undefined;
  const copy: Record<string, unknown> = { ...value };
  return areTexts(copy) ? copy : undefined;
}

function areTexts(values: Readonly<Record<string, unknown>>): values is Record<string, string> {
  return Object.values(values).every((name) => typeof name === "string");
}
