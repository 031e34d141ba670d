import { boundedCache } from "../value/bounded-cache.js";
import { admits } from "./admits.js";
import { type Cidr, cidrContains, parseCidr } from "./cidr.js";
import { parseIpAddress } from "./ip-address.js";
import type { Restrictions } from "./restrictions.js";

/** Whether restrictions permit a client's address; without one, only if there are none on IP. Never throws. */
export type IpRule = (ip: string | undefined) => boolean;

/** Many keys are held to the same few ranges. */
const MAX_RANGES = 1_000;
const MAX_TEXT_LENGTH = 60;
const knownRange = /* @__PURE__ */ boundedCache(MAX_RANGES, parseCidr);

function rangeOf(text: string): Cidr | undefined {
  return text.length > MAX_TEXT_LENGTH ? parseCidr(text) : knownRange(text);
}

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
    const ranges = { allow: rule.allow?.map(rangeOf), deny: rule.deny?.map(rangeOf) };
    return (ip) => {
      const address = ip === undefined ? undefined : parseIpAddress(ip);
      if (address === undefined) return false;
      return admits<Cidr | undefined>(ranges, (range) => range && cidrContains(range, address));
    };
  } catch {
    return DENY;
  }
}
