import { ClavigerError } from "../errors.js";
import type { KeyStatus } from "../key/key-state.js";

/** The tenant has no such key, or no longer. */
export function notFound(keyId: string): ClavigerError {
  return new ClavigerError("not_found", `there is no key ${keyId} in this tenant`, { keyId });
}

/** The lifecycle does not lead there. */
export function illegalTransition(keyId: string, status: KeyStatus, verb: string): ClavigerError {
  const message = `cannot ${verb} key ${keyId}: it is ${status}`;
  return new ClavigerError("illegal_transition", message, { keyId, status });
}

/** The key has changed since the caller looked at it. */
export function versionConflict(keyId: string, expectedVersion: number, version: number): ClavigerError {
  const message = `key ${keyId} is at version ${version}, not ${expectedVersion}: read it again and decide anew`;
  return new ClavigerError("conflict", message, { keyId, expectedVersion, version });
}
