import { fingerprint } from "../client/fingerprint.js";
import type { Tables } from "../schema/tables.js";

/** Where the stores over these tables tell of changes. Of one length, which fits into an identifier whatever the tables' names. */
export function channelOf({ keys }: Tables): string {
  return `claviger_${fingerprint(keys)}`;
}
