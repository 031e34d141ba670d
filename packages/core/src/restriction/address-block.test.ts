import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bitsOf, ipv4, ipv6Groups, ipv6Text, nearAddress } from "../../test/restriction/addresses.js";
import { addressBlock } from "./address-block.js";
import { parseIpAddress } from "./ip-address.js";

describe("addressBlock", () => {
  it("is one for two IPv6 addresses, however they are written, if and only if they share their first 64 bits", () => {
    const subnet = fc.array(fc.constantFrom(0, 1, 0xffff), { minLength: 4, maxLength: 4 });
    const host = fc.array(fc.nat({ max: 0xffff }), { minLength: 4, maxLength: 4 });
    const written = fc
      .tuple(subnet, host)
      .map((halves) => halves.flat())
      .filter((groups) => bitsOf(groups.slice(0, 6)) !== 0xffffn)
      .chain((groups) => fc.tuple(fc.constant(groups), ipv6Text(groups)));
    fc.assert(
      fc.property(written, written, ([groups, text], [otherGroups, otherText]) => {
        const shared = bitsOf(groups.slice(0, 4)) === bitsOf(otherGroups.slice(0, 4));
        expect(addressBlock(text) === addressBlock(otherText)).toBe(shared);
      }),
    );
  });

  it("of an IPv4 address is the address, mapped into IPv6 or not", () => {
    fc.assert(
      fc.property(ipv4, (text) => {
        expect(addressBlock(text)).toBe(text);
        expect(addressBlock(`::ffff:${text}`)).toBe(text);
      }),
    );
  });

  it("is canonical", () => {
    expect(addressBlock("2001:DB8:0:7:1:2:3:4")).toBe("2001:db8:0:7::/64");
    expect(addressBlock("2001:db8::1")).toBe("2001:db8::/64");
    expect(addressBlock("::1")).toBe("::/64");
  });

  it("is there for addresses only", () => {
    const anything = fc.oneof(nearAddress, ipv6Groups.chain(ipv6Text), fc.anything());
    fc.assert(
      fc.property(anything, (given) => {
        expect(addressBlock(given) === undefined).toBe(parseIpAddress(given) === undefined);
      }),
    );
  });
});
