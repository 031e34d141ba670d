import { formatIpAddress, isIpv4, parseIpAddress } from "./ip-address.js";

/** Groups of the subnet prefix: 64 bits in almost every case, all addresses below it being one subscriber's (RFC 7421). */
const SUBNET_GROUPS = 4;

/**
 * The addresses that are taken for one client's: an IPv4 address itself, and of an IPv6 address its /64, in canonical
 * text. An IPv4-mapped IPv6 address is the IPv4 address.
 *
 * @returns undefined for what is no address
 */
export function addressBlock(ip: unknown): string | undefined {
  const address = parseIpAddress(ip);
  if (address === undefined || isIpv4(address)) return address && formatIpAddress(address);
  return `${formatIpAddress(address.map((group, index) => (index < SUBNET_GROUPS ? group : 0)))}/64`;
}
