import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientAddress } from "./client-address.js";

const address = fc.oneof(fc.ipV4(), fc.ipV6());
const anything = fc.oneof(address, fc.string(), fc.constantFrom("unknown", "", "1.2.3.4:80", "[::1]"));
const view = (peer: string | undefined, ...forwarded: readonly string[]) => ({
  raw: {},
  rawHeaders: forwarded.flatMap((line) => ["X-Forwarded-For", line]),
  peer,
});

describe("clientAddress", () => {
  it("without trusted hops, what X-Forwarded-For says changes nothing", () => {
    fc.assert(
      fc.property(address, fc.array(anything), (peer, forged) => {
        expect(clientAddress(view(peer, ...forged), 0)).toBe(clientAddress(view(peer), 0));
      }),
    );
  });

  it("with trusted hops, what stands before the proxies' entries changes nothing", () => {
    fc.assert(
      fc.property(
        fc.array(anything),
        fc.array(address, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (forged, appended, joined) => {
          const lines = joined ? [[...forged, ...appended].join(", ")] : [...forged, ...appended];
          expect(clientAddress(view("192.0.2.1", ...lines), appended.length)).toBe(appended[0]);
        },
      ),
    );
  });

  it("fewer entries than trusted hops: there is no address", () => {
    fc.assert(
      fc.property(fc.array(address, { maxLength: 5 }), fc.integer({ min: 1, max: 9 }), (entries, more) => {
        expect(clientAddress(view("192.0.2.1", ...entries), entries.length + more)).toBeUndefined();
      }),
    );
  });

  it("an IPv4-mapped address is IPv4", () => {
    fc.assert(
      fc.property(fc.ipV4(), (ipv4) => {
        expect(clientAddress(view(`::ffff:${ipv4}`), 0)).toBe(ipv4);
        expect(clientAddress(view("192.0.2.1", `::FFFF:${ipv4}`), 1)).toBe(ipv4);
      }),
    );
  });

  it.each(["unknown", "", " ", "_gazonk", "[2001:db8::1]", "fe80::1%eth0", "10.0.0.1\u0000", `1${".1".repeat(40)}`])(
    "%j is no address",
    (entry) => {
      expect(clientAddress(view(entry), 0)).toBeUndefined();
      expect(clientAddress(view("192.0.2.1", entry), 1)).toBeUndefined();
    },
  );

  it("without a socket there is none", () => {
    expect(clientAddress(view(undefined), 0)).toBeUndefined();
  });
});
