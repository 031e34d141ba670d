import { plainMaker } from "../value/plain-maker.js";
import { formatIpAddress, type IpAddress, isIpv4, parseDecimal, parseIpAddress } from "./ip-address.js";

/** A range of addresses that share their first bits. */
export interface Cidr {
  /** The range's first address. */
  readonly network: IpAddress;
  /** How many bits they share: 0 to 32, or to 128. */
  readonly prefixLength: number;
}

const Range = plainMaker<[network: IpAddress, prefixLength: number], Cidr>(function (network, prefixLength) {
  this.network = network;
  this.prefixLength = prefixLength;
});

const GROUP_BITS = 16;
/** How many bits of an IPv4-mapped IPv6 address come before the IPv4 address (RFC 4291 §2.5.5.2). */
const MAPPED_BITS = 96;

/**
 * Reads a range, `10.0.0.0/8` or `2001:db8::/32`; an address alone is the range of itself. `::ffff:10.0.0.0/104` is
 * `10.0.0.0/8`. Bits set beyond the prefix are refused rather than dropped: who writes `10.1.2.3/8` meant something
 * narrower.
 *
 * @returns undefined for anything else
 */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf("/");
  const addressText = slash < 0 ? text : text.slice(0, slash);
  const network = parseIpAddress(addressText);
  if (network === undefined) return undefined;
  const bits = network.length * GROUP_BITS;
  if (slash < 0) return new Range(network, bits);
  const before = isIpv4(network) && addressText.includes(":") ? MAPPED_BITS : 0;
  const prefixLength = (parseDecimal(text.slice(slash + 1), before + bits) ?? -1) - before;
  if (prefixLength < 0) return undefined;
  return network.every((group, index) => (group & ~mask(prefixLength, index)) === 0)
    ? new Range(network, prefixLength)
    : undefined;
}

/** The canonical text: two texts of one range have the same. */
export function formatCidr({ network, prefixLength }: Cidr): string {
  return `${formatIpAddress(network)}/${prefixLength}`;
}

/** Whether an address is in a range. No IPv4 address is in a range of IPv6, `::/0` included. */
export function cidrContains({ network, prefixLength }: Cidr, address: IpAddress): boolean {
  if (address.length !== network.length) return false;
  for (let index = 0; index < network.length; index += 1)
    if (network[index] !== ((address[index] ?? 0) & mask(prefixLength, index))) return false;
  return true;
}

/** Which bits of the group at `index` the prefix holds. */
function mask(prefixLength: number, index: number): number {
  const held = Math.min(Math.max(prefixLength - index * GROUP_BITS, 0), GROUP_BITS);
  return (0xffff << (GROUP_BITS - held)) & 0xffff;
}
