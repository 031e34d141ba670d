import { ownText } from "../value/own-text.js";
import { admits } from "./admits.js";
import { type Cidr, cidrContains, parseCidr } from "./cidr.js";
import { parseIpAddress } from "./ip-address.js";
import type { Restrictions } from "./restrictions.js";

/** Whether restrictions permit a client's address; without one, only if there are none on IP. Never throws. */
export type IpRule = (ip: string | undefined) => boolean;

const PERMIT: IpRule = () => true;
const DENY: IpRule = () => false;

/** Reads the ranges of restrictions once, for whoever asks more than once. What cannot be read denies; nothing throws. */
export function createIpRule(restrictions: Restrictions): IpRule {
  try {
    const given: unknown = restrictions;
    if (typeof given !== "object" || given === null || Array.isArray(given)) return DENY;
    const rule = restrictions.ip;
    if (rule === undefined) return PERMIT;
    const ranges = {
      ...(rule.allow !== undefined && { allow: rule.allow.map(parseCidr) }),
      ...(rule.deny !== undefined && { deny: rule.deny.map(parseCidr) }),
    };
    // Most keys are used from where they were used last, and to read an address takes longer than to look through the
    // ranges. A key that is asked of only once, as one that no cache keeps, is not worth the copy.
    let lastPermitted: string | undefined;
    let isAskedAgain = false;
    return (ip) => {
      if (ip === undefined) return false;
      if (ip === lastPermitted) return true;
      const address = parseIpAddress(ip);
      if (address === undefined) return false;
      const isPermitted = admits<Cidr | undefined>(ranges, (range) => range && cidrContains(range, address));
      if (isPermitted && isAskedAgain) lastPermitted = ownText(ip, 0, ip.length);
      isAskedAgain = true;
      return isPermitted;
    };
  } catch {
    return DENY;
  }
}
