import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOSTILE } from "../../test/hostile.js";
import { ipv4, ipv4Text, ipv6, ipv6Groups, ipv6Text, nearAddress } from "../../test/restriction/addresses.js";
import { formatIpAddress, parseIpAddress } from "./ip-address.js";

const canonical = (text: string): string | undefined => {
  const address = parseIpAddress(text);
  return address && formatIpAddress(address);
};

describe("parseIpAddress", () => {
  it("reads every text form of RFC 4291 §2.2 as the same address", () => {
    const forms = ipv6Groups.chain((groups) => fc.tuple(fc.constant(groups), ipv6Text(groups)));
    fc.assert(
      fc.property(forms, ([groups, text]) => {
        const mapped = groups.slice(0, 6).join() === "0,0,0,0,0,65535";
        expect(parseIpAddress(text)).toEqual(mapped ? groups.slice(6) : groups);
      }),
    );
  });

  it("reads dotted decimal, and IPv4-mapped IPv6 as the same address", () => {
    fc.assert(
      fc.property(fc.nat({ max: 0xffff }), fc.nat({ max: 0xffff }), (high, low) => {
        const text = ipv4Text([high, low]);
        expect(parseIpAddress(text)).toEqual([high, low]);
        expect(parseIpAddress(`::ffff:${text}`)).toEqual([high, low]);
        expect(parseIpAddress(`0:0:0:0:0:FFFF:${high.toString(16)}:${low.toString(16)}`)).toEqual([high, low]);
      }),
    );
  });

  it("admits what the platform's own parser admits, but for zone ids", () => {
    fc.assert(
      fc.property(fc.oneof(nearAddress, ipv4, ipv6), (text) => {
        expect([text, parseIpAddress(text) !== undefined]).toEqual([text, isIP(text) !== 0 && !text.includes("%")]);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    "010.0.0.1",
    "10.0.0.01",
    "0x0a.0.0.1",
    "10.1",
    "167772161",
    "10.0.0.256",
    "10.0.0.1 ",
    "10.0.0.1\n",
    "10.0.0.1.",
    "10.0.0.-0",
    "1e1.0.0.1",
    "::ffff:010.0.0.1",
    "::0x1.2.3.4",
    "fe80::1%eth0",
    "fe80::1%1",
    "[::1]",
    "::1/128",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7:8::",
    "::1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7",
    "12345::",
    "1.2.3.4::",
    "1:2:3:4:5:6:7:1.2.3.4",
    "１０.0.0.1",
    "",
  ])("refuses %j", (text) => {
    expect(parseIpAddress(text)).toBeUndefined();
  });

  it.each(Object.entries(HOSTILE))("refuses %s", (_, value) => {
    expect(parseIpAddress(value())).toBeUndefined();
  });
});

describe("formatIpAddress", () => {
  it("writes RFC 5952, as the platform's URL parser does", () => {
    fc.assert(
      fc.property(ipv6, (text) => {
        const address = parseIpAddress(text);
        fc.pre(address?.length === 8);
        expect(`[${canonical(text)}]`).toBe(new URL(`http://[${text}]/`).hostname);
      }),
    );
  });

  it.each([
    ["2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["0:0:0:0:0:0:0:0", "::"],
    ["::FFFF:10.0.0.1", "10.0.0.1"],
    ["::1.2.3.4", "::102:304"],
    ["1:0:0:0:0:0:0:0", "1::"],
  ])("writes %s as %s", (text, written) => {
    expect(canonical(text)).toBe(written);
  });

  it("writes what reads as the same address", () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), (text) => {
        expect(parseIpAddress(canonical(text))).toEqual(parseIpAddress(text));
        expect(canonical(canonical(text) ?? "")).toBe(canonical(text));
      }),
    );
  });
});
