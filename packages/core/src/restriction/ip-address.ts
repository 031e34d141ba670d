/** An IPv4 or IPv6 address in groups of 16 bits, two or eight of them. */
export type IpAddress = readonly number[];

const IPV4_GROUPS = 2;
const IPV6_GROUPS = 8;
const MAX_TEXT_LENGTH = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".length;
const DOT = 0x2e;
const DIGIT_0 = 0x30;
const NONE = -1;
const TOO_MUCH = 256;
const HEX_GROUP = /^[0-9a-f]{1,4}$/i;

/**
 * Reads an address: dotted decimal, or any text form of RFC 4291 §2.2. An IPv4-mapped IPv6 address (§2.5.5.2) is the
 * IPv4 address. Zone ids are refused, for they mean something on one host only.
 *
 * @returns undefined for anything else
 */
export function parseIpAddress(text: unknown): IpAddress | undefined {
  if (typeof text !== "string" || text.length > MAX_TEXT_LENGTH) return undefined;
  if (!text.includes(":")) return parseIpv4(text);
  const groups = parseIpv6(text);
  return groups !== undefined && isMapped(groups) ? groups.slice(-IPV4_GROUPS) : groups;
}

/**
 * A whole number up to `max` in plain decimal, or undefined. Leading zeros are refused (RFC 3986 §3.2.2, dec-octet):
 * where some read octal, 010.0.0.1 would be two addresses.
 */
export function parseDecimal(text: string, max: number): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value >= 0 && value <= max && String(value) === text ? value : undefined;
}

export function isIpv4(address: IpAddress): boolean {
  return address.length === IPV4_GROUPS;
}

/** The canonical text: dotted decimal for IPv4, RFC 5952 §4 for IPv6. */
export function formatIpAddress(address: IpAddress): string {
  if (isIpv4(address)) return address.flatMap((group) => [group >>> 8, group & 0xff]).join(".");
  const [from, length] = longestZeros(address);
  const hex = address.map((group) => group.toString(16));
  if (length < 2) return hex.join(":");
  return `${hex.slice(0, from).join(":")}::${hex.slice(from + length).join(":")}`;
}

// One walk, which makes nothing but the address: every request that names its address passes here.
function parseIpv4(text: string): IpAddress | undefined {
  let address = 0;
  let octet = NONE;
  let octets = 1;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === DOT && octet !== NONE) {
      address = (address << 8) | octet;
      octet = NONE;
      octets += 1;
    } else {
      octet = withDigit(octet, code - DIGIT_0);
      if (octet > 255) return undefined;
    }
  }
  if (octets !== 4 || octet === NONE) return undefined;
  return [(address >>> 8) & 0xffff, ((address & 0xff) << 8) | octet];
}

/** An octet with one more digit; more than 255 where there can be none: behind a leading zero, as in {@link parseDecimal}. */
function withDigit(octet: number, digit: number): number {
  if (digit < 0 || digit > 9 || octet === 0) return TOO_MUCH;
  return octet === NONE ? digit : 10 * octet + digit;
}

function parseIpv6(text: string): IpAddress | undefined {
  const [head = "", tail, ...more] = text.split("::");
  if (more.length > 0) return undefined;
  const before = parseGroups(head, tail === undefined);
  const after = tail === undefined ? [] : parseGroups(tail, true);
  if (before === undefined || after === undefined) return undefined;
  const zeros = IPV6_GROUPS - before.length - after.length;
  // "::" stands for one or more groups.
  if (tail === undefined ? zeros !== 0 : zeros < 1) return undefined;
  return [...before, ...Array<number>(zeros).fill(0), ...after];
}

/** Groups between colons; where they end the address, an IPv4 address may stand for the last two. */
function parseGroups(text: string, last: boolean): IpAddress | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  const embedded = last && text.includes(".") ? parseIpv4(parts.pop() ?? "") : [];
  if (embedded === undefined || !parts.every((part) => HEX_GROUP.test(part))) return undefined;
  return [...parts.map((part) => Number.parseInt(part, 16)), ...embedded];
}

function isMapped(groups: IpAddress): boolean {
  return groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
}

/** Start and length of the longest run of zero groups, the first of equally long ones (RFC 5952 §4.2.3). */
function longestZeros(groups: IpAddress): readonly [from: number, length: number] {
  let longest: readonly [number, number] = [0, 0];
  let from = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) from = index + 1;
    else if (index + 1 - from > longest[1]) longest = [from, index + 1 - from];
  }
  return longest;
}
