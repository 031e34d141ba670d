import { admits } from "./admits.js";
import { type Cidr, cidrContains, parseCidr } from "./cidr.js";
import { parseIpAddress } from "./ip-address.js";
import type { Restrictions } from "./restrictions.js";

/** Whether restrictions permit a client's address; without one, only if there are none on IP. Never throws. */
export type IpRule = (ip: string | undefined) => boolean;

const PERMIT: IpRule = () => true;
const DENY: IpRule = () => false;

/** Whether it permits all addresses, and none: there is no restriction on IP. */
export function isUnrestricted(rule: IpRule): boolean {
  return rule === PERMIT;
}

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
    return (ip) => {
      const address = ip === undefined ? undefined : parseIpAddress(ip);
      if (address === undefined) return false;
      return admits<Cidr | undefined>(ranges, (range) => range && cidrContains(range, address));
    };
  } catch {
    return DENY;
  }
}
