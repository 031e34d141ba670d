import { BlockList } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bitsOf, ipv4, ipv4Text, ipv6, ipv6Groups } from "../../test/restriction/addresses.js";
import { cidrContains, formatCidr, parseCidr } from "./cidr.js";
import { formatIpAddress, isIpv4, parseIpAddress } from "./ip-address.js";

const contains = (range: string, address: string): boolean => {
  const [cidr, parsed] = [parseCidr(range), parseIpAddress(address)];
  if (cidr === undefined || parsed === undefined) throw new Error(`not read: ${range}, ${address}`);
  return cidrContains(cidr, parsed);
};

const canonical = (text: string): string | undefined => {
  const range = parseCidr(text);
  return range && formatCidr(range);
};

/** A network of any prefix length, and an address that shares a random number of leading bits with it. */
const rangeAndAddress = fc
  .oneof(
    fc.tuple(fc.nat({ max: 0xffff }), fc.nat({ max: 0xffff })).map((groups): readonly number[] => groups),
    ipv6Groups.filter((groups) => groups.slice(0, 6).join() !== "0,0,0,0,0,65535"),
  )
  .chain((network) => {
    const width = network.length * 16;
    return fc.record({
      network: fc.constant(network),
      prefixLength: fc.integer({ min: 0, max: width }),
      shared: fc.integer({ min: 0, max: width }),
      rest: fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n }),
    });
  })
  .map(({ network, prefixLength, shared, rest }) => {
    const width = network.length * 16;
    const held = (bits: bigint, length: number): bigint => (bits >> BigInt(width - length)) << BigInt(width - length);
    const tail = rest & ((1n << BigInt(width - shared)) - 1n);
    const address = held(bitsOf(network), shared) | tail;
    return { width, prefixLength, first: held(bitsOf(network), prefixLength), address };
  });

const textOf = (bits: bigint, width: number): string => {
  const groups = Array.from({ length: width / 16 }, (_, index) =>
    Number((bits >> BigInt(width - 16 * (index + 1))) & 0xffffn),
  );
  return width === 32 ? ipv4Text(groups) : groups.map((group) => group.toString(16)).join(":");
};

describe("a CIDR range", () => {
  it("contains exactly the addresses whose first bits are its own", () => {
    fc.assert(
      fc.property(rangeAndAddress, ({ width, prefixLength, first, address }) => {
        const shift = BigInt(width - prefixLength);
        expect(contains(`${textOf(first, width)}/${prefixLength}`, textOf(address, width))).toBe(
          first >> shift === address >> shift,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("agrees with the platform's block list", () => {
    fc.assert(
      fc.property(rangeAndAddress, ({ width, prefixLength, first, address }) => {
        const family = width === 32 ? "ipv4" : "ipv6";
        const [network, client] = [textOf(first, width), textOf(address, width)];
        fc.pre(isIpv4(parseIpAddress(client) ?? []) === (width === 32));
        const list = new BlockList();
        list.addSubnet(network, prefixLength, family);
        expect(contains(`${network}/${prefixLength}`, client)).toBe(list.check(client, family));
      }),
    );
  });

  it("means the same for an IPv4-mapped IPv6 client, and when it is itself IPv4-mapped", () => {
    fc.assert(
      fc.property(rangeAndAddress, ({ width, prefixLength, first, address }) => {
        fc.pre(width === 32);
        const [network, client] = [textOf(first, width), textOf(address, width)];
        const expected = contains(`${network}/${prefixLength}`, client);
        expect(contains(`${network}/${prefixLength}`, `::ffff:${client}`)).toBe(expected);
        expect(contains(`::ffff:${network}/${prefixLength + 96}`, client)).toBe(expected);
        expect(canonical(`::FFFF:${network}/${prefixLength + 96}`)).toBe(`${network}/${prefixLength}`);
      }),
    );
  });

  it("of one address is that address, with its prefix or without", () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), fc.oneof(ipv4, ipv6), (one, other) => {
        const same = JSON.stringify(parseIpAddress(one)) === JSON.stringify(parseIpAddress(other));
        expect(contains(one, other)).toBe(same);
        expect(contains(one, one)).toBe(true);
        expect(canonical(one)).toBe(canonical(`${one}/${one.includes(":") ? 128 : 32}`));
      }),
    );
  });

  it("of every IPv6 address holds no IPv4 address, and the reverse", () => {
    fc.assert(
      fc.property(
        ipv4,
        ipv6.filter((text) => parseIpAddress(text)?.length === 8),
        (four, six) => {
          expect(contains("0.0.0.0/0", four)).toBe(true);
          expect(contains("::/0", six)).toBe(true);
          expect(contains("::/0", four)).toBe(false);
          expect(contains("::/0", `::ffff:${four}`)).toBe(false);
          expect(contains("0.0.0.0/0", six)).toBe(false);
        },
      ),
    );
  });

  it("is refused with bits set beyond the prefix, for whoever wrote them meant something narrower", () => {
    fc.assert(
      fc.property(rangeAndAddress, ({ width, prefixLength, first, address }) => {
        const shift = BigInt(width - prefixLength);
        fc.pre(
          (address >> shift) << shift !== address &&
            isIpv4(parseIpAddress(textOf(address, width)) ?? []) === (width === 32),
        );
        expect(parseCidr(`${textOf(address, width)}/${prefixLength}`)).toBeUndefined();
        expect(parseCidr(`${textOf(first, width)}/${prefixLength}`)).toBeDefined();
      }),
    );
  });

  it("has one canonical text, which reads as itself", () => {
    fc.assert(
      fc.property(rangeAndAddress, ({ width, prefixLength, first }) => {
        const text = canonical(`${textOf(first, width)}/${prefixLength}`);
        const address = parseIpAddress(textOf(first, width)) ?? [];
        fc.pre(isIpv4(address) === (width === 32));
        expect(text).toBe(`${formatIpAddress(address)}/${prefixLength}`);
        expect(canonical(text ?? "")).toBe(text);
      }),
    );
  });

  it.each([
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/08",
    "10.0.0.0/8.0",
    "10.0.0.0/7.5",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "10.0.0.0/8 ",
    "10.0.0.0/255.0.0.0",
    "10/8",
    "010.0.0.0/8",
    "::/129",
    "::/1e1",
    "fe80::%eth0/64",
    "::ffff:0:0/95",
    "::ffff:10.0.0.0/8",
    "/8",
    "",
  ])("is not %j", (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});
