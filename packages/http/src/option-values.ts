import { durationMs } from "claviger";
import { isQuotable } from "./challenge.js";
import type { AttemptLimit } from "./failed-attempts.js";
import { optionError } from "./option-error.js";
import type { Resources } from "./options.js";
import type { Verifier } from "./verifier.js";

/** Takes what was given for an option, or throws a TypeError that names the option, what is allowed, and what was given. */
export type ReadValue<Value> = (option: string, given: unknown) => Value;

// field-name = token (RFC 9110 §5.1, §5.6.2).
const FIELD_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

export const readRealm: ReadValue<string> = (option, given) => {
  if (typeof given === "string" && isQuotable(given)) return given;
  throw optionError(option, 'visible ASCII and spaces, without " and \\', given);
};

export const readHeaderNames: ReadValue<readonly string[]> = (option, given) => {
  const names = Array.isArray(given) && given.every(isFieldName) ? given.map((name) => name.toLowerCase()) : undefined;
  if (names !== undefined && new Set(names).size === names.length && !names.includes("authorization")) return names;
  throw optionError(option, "an array of header names, each once, Authorization not among them", given);
};

export function readScopesOf(catalogue: Verifier["scopes"]): ReadValue<readonly string[]> {
  return (option, given) => {
    const isKnown = (scope: unknown): scope is string => typeof scope === "string" && catalogue.has(scope);
    if (Array.isArray(given) && given.every(isKnown)) return [...given];
    const refused = Array.isArray(given) ? given.find((scope) => !isKnown(scope)) : given;
    throw optionError(option, "an array of scopes of the keyring's catalogue, without wildcards", refused);
  };
}

export const readCost: ReadValue<number> = (option, given) => {
  if (typeof given === "number" && Number.isSafeInteger(given) && given > 0) return given;
  throw optionError(option, "a positive whole number", given);
};

export const readResources: ReadValue<Resources> = (option, given) => {
  if (given === "later" || isTexts(given)) return given;
  throw optionError(option, 'an object of strings by kind, or "later"', given);
};

export const readTrustedHops: ReadValue<number> = (option, given) => {
  if (typeof given === "number" && Number.isSafeInteger(given) && given >= 0) return given;
  throw optionError(option, "a whole number of proxies, 0 or more", given);
};

/** What a `clientAddress` hook gave. That it is no address is for the keyring to find out: it denies. */
export const readAddress: ReadValue<string | undefined> = (option, given) => {
  if (given === undefined || typeof given === "string") return given;
  throw optionError(option, "a string, or undefined where it is not known", given);
};

const MAX_ATTEMPTS = 1_000_000;
const MAX_PER_MS = 86_400_000;

/** @returns undefined for false: attempts are not counted */
export const readFailedAttempts: ReadValue<AttemptLimit | undefined> = (option, given) => {
  if (given === false) return undefined;
  if (typeof given !== "object" || given === null) throw optionError(option, "{ limit, per }, or false", given);
  const { limit, per, ...unknown }: { readonly limit?: unknown; readonly per?: unknown } = given;
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw optionError(`an option of ${option}`, "limit or per", name);
  if (typeof limit !== "number" || !Number.isSafeInteger(limit) || limit < 1 || limit > MAX_ATTEMPTS)
    throw optionError(`${option}.limit`, `a whole number from 1 to ${MAX_ATTEMPTS}`, limit);
  const perMs = durationMs(per);
  if (perMs === undefined || perMs > MAX_PER_MS)
    throw optionError(`${option}.per`, 'a duration such as "1m" or a positive whole number of ms, at most 1 day', per);
  return { limit, perMs };
};

function isFieldName(given: unknown): given is string {
  return typeof given === "string" && FIELD_NAME.test(given);
}

function isTexts(given: unknown): given is { readonly [kind: string]: string } {
  return (
    typeof given === "object" &&
    given !== null &&
    !Array.isArray(given) &&
    Object.values(given).every((value) => typeof value === "string")
  );
}
