import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codePoint } from "../../test/code-point.js";
import { MAX_USAGE_NAME_LENGTH } from "../bounds.js";
import { clientName } from "./client-name.js";
import { mergeUsage } from "./merge-usage.js";

const TOKEN = "acme_live_0123456789ABCDEF_0123456789ABCDEFGHIJKLMNOPQRSTUV0Iq0Fr";

describe("clientName", () => {
  it("keeps an ordinary name as it is", () => {
    expect(clientName("acme-erp/4.2 (linux; x64) node/20.20")).toBe("acme-erp/4.2 (linux; x64) node/20.20");
    expect(clientName(" curl/8 ")).toBe("curl/8");
  });

  it("of any text makes a name that every store keeps, or none", () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint, maxLength: 300 }), (given) => {
        const name = clientName(given);
        if (name === undefined) return;
        const sighting = { kind: "client", name, firstAt: 1, lastAt: 1 } as const;
        const record = { tenant: "t", keyId: "k", lastUsedAt: 1, counts: [], sightings: [sighting] };
        expect(mergeUsage([record])).toEqual([record]);
      }),
    );
  });

  it("cuts what is too long, and no character in two", () => {
    expect(clientName("x ".repeat(200))).toBe("x ".repeat(100).trim());
    const odd = `-${"😀".repeat(150)}`;
    expect(clientName(odd)).toBe(`-${"😀".repeat(99)}`);
    expect(clientName("😀".repeat(100))).toBe("😀".repeat(100));
    expect(clientName(`${"😀".repeat(100)}😀`)?.length).toBe(MAX_USAGE_NAME_LENGTH);
  });

  it.each(["", "   ", "a\0b", "\ud800", "\udc00x"])("keeps nothing of %j", (given) => {
    expect(clientName(given)).toBeUndefined();
  });

  it("keeps no secret that a client puts into its name", () => {
    expect(clientName(`curl ${TOKEN}`)).toBe("curl acme_live_0123456789ABCDEF_…");
    // What is cut off in the middle of the secret is one, too.
    const name = clientName(`${"x ".repeat(75)}${TOKEN}`);
    expect(name?.endsWith("x acme_live_0123456789ABCDEF_…")).toBe(true);
  });
});
