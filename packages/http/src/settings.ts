import type { Verdict } from "claviger";
import { type Ask, type AskSettings, createAsk, type Setting } from "./asked.js";
import type { AttemptLimit } from "./failed-attempts.js";
import { optionError } from "./option-error.js";
import {
  type ReadValue,
  readAddress,
  readCost,
  readFailedAttempts,
  readHeaderNames,
  readRealm,
  readResources,
  readScopesOf,
  readTrustedHops,
} from "./option-values.js";
import type { ApiKeyAuthOptions, Resources } from "./options.js";
import type { Verifier } from "./verifier.js";

/** Options of `apiKeyAuth`, read once: nothing of them is looked at again, and every hook's result is checked. */
export interface Settings<Request> {
  readonly realm: string;
  readonly plainHeaders: readonly string[];
  readonly ask: Ask<Request>;
  /** undefined: attempts are not counted. */
  readonly failedAttempts: AttemptLimit | undefined;
  readonly onVerdict: ((verdict: Verdict, request: Request) => void | Promise<void>) | undefined;
}

const NAMES: readonly string[] = [
  "realm",
  "headers",
  "scopes",
  "cost",
  "resources",
  "trustedHops",
  "clientAddress",
  "failedAttempts",
  "onVerdict",
] satisfies (keyof ApiKeyAuthOptions<string, unknown>)[];

const NO_SCOPES: readonly string[] = Object.freeze([]);
const FAILED_ATTEMPTS: AttemptLimit = { limit: 300, perMs: 60_000 };

/** @throws TypeError naming the first argument or option that is not what it must be */
export function readSettings<Scope extends string, Request>(
  keyring: Verifier<Scope>,
  options: ApiKeyAuthOptions<Scope, Request>,
): Settings<Request> {
  if (typeof keyring?.verify !== "function") throw optionError("keyring", "what createKeyring returned", keyring);
  if (typeof options !== "object" || options === null) throw optionError("options", "an object", options);
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw optionError("an option", `one of ${NAMES.join(", ")}`, unknown);
  return {
    realm: fixed("realm", options.realm, readRealm, "api"),
    plainHeaders: fixed("headers", options.headers, readHeaderNames, ["x-api-key"]),
    ask: createAsk<Request>({
      scopes: perRequest("scopes", options.scopes, readScopesOf(keyring.scopes), NO_SCOPES),
      cost: perRequest("cost", options.cost, readCost, 1),
      resources: perRequest<Resources | undefined, Request>("resources", options.resources, readResources, undefined),
      address: readAddressOptions(options),
    }),
    failedAttempts: fixed("failedAttempts", options.failedAttempts, readFailedAttempts, FAILED_ATTEMPTS),
    onVerdict: hook("onVerdict", options.onVerdict),
  };
}

type AddressOptions<Request> = Pick<ApiKeyAuthOptions<string, Request>, "trustedHops" | "clientAddress">;

function readAddressOptions<Request>(options: AddressOptions<Request>): AskSettings<Request>["address"] {
  const trustedHops = fixed("trustedHops", options.trustedHops, readTrustedHops, 0);
  const given = hook("clientAddress", options.clientAddress);
  if (given === undefined) return trustedHops;
  if (options.trustedHops !== undefined)
    throw new TypeError("trustedHops and clientAddress exclude each other; got both");
  return async (request) => readAddress(resultOf("clientAddress"), await given(request));
}

function fixed<Value>(option: string, given: unknown, read: ReadValue<Value>, absent: Value): Value {
  return given === undefined ? absent : read(option, given);
}

function perRequest<Value, Request>(
  option: string,
  given: unknown,
  read: ReadValue<Value>,
  absent: Value,
): Setting<Value, Request> {
  if (typeof given === "function") return { hook: async (request) => read(resultOf(option), await given(request)) };
  return { value: fixed(option, given, read, absent) };
}

function hook<Hook>(option: string, given: Hook | undefined): Hook | undefined {
  if (given === undefined || typeof given === "function") return given;
  throw optionError(option, "a function", given);
}

function resultOf(option: string): string {
  return `the result of ${option}`;
}
