import { describe, expect, it } from "vitest";
import type { ApiKeyAuthOptions } from "../src/index.js";
import { onEachServer, type Played } from "./on-each-server.js";

const FORGED = ["X-Forwarded-For: 10.0.0.1", "Forwarded: for=10.0.0.1", "X-Real-IP: 10.0.0.1"];

/** What a key that may be used from `allow` is answered, with these header lines, from 127.0.0.1. */
async function from(
  allow: string,
  lines: readonly string[],
  options: ApiKeyAuthOptions<string, unknown> = {},
): Promise<number | undefined> {
  const played: Played = await onEachServer(
    ({ keyring }) => [{ auth: keyring, options }],
    async ({ issue }, send) =>
      send([`X-API-Key: ${await issue({ restrictions: { ip: { allow: [allow] } } })}`, ...lines]),
  );
  return played.responses[0]?.status;
}

describe("the client's address", () => {
  it("is the socket's, which IPv6 sockets report as IPv4-mapped", async () => {
    expect(await from("127.0.0.1/32", [])).toBe(200);
    expect(await from("10.0.0.0/8", [])).toBe(403);
  });

  it("a forged X-Forwarded-For changes nothing by default", async () => {
    expect(await from("10.0.0.0/8", FORGED)).toBe(403);
    expect(await from("127.0.0.1/32", FORGED)).toBe(200);
  });

  it("with trusted hops it is what the outermost of one's own proxies saw", async () => {
    const one = { trustedHops: 1 };
    expect(await from("10.0.0.0/8", ["X-Forwarded-For: 10.0.0.1"], one)).toBe(200);
    expect(await from("10.0.0.0/8", ["X-Forwarded-For: 10.0.0.1, 203.0.113.9"], one)).toBe(403);
    expect(await from("10.0.0.0/8", ["X-Forwarded-For: 203.0.113.9, 10.0.0.1"], one)).toBe(200);
    const two = { trustedHops: 2 };
    expect(await from("10.0.0.0/8", ["X-Forwarded-For: 203.0.113.9, 10.0.0.1, 192.0.2.1"], two)).toBe(200);
    expect(await from("10.0.0.0/8", ["X-Forwarded-For: 203.0.113.9", "X-Forwarded-For: 10.0.0.1,192.0.2.1"], two)).toBe(
      200,
    );
  });

  it("a request that came past the proxies, or with an entry that is no address, has none", async () => {
    const one = { trustedHops: 1 };
    expect(await from("0.0.0.0/0", [], one)).toBe(403);
    expect(await from("0.0.0.0/0", ["X-Forwarded-For: 10.0.0.1"], { trustedHops: 2 })).toBe(403);
    for (const entry of ["unknown", "10.0.0.1:4711", "_hidden", "10.0.0.1,", "999.0.0.1"]) {
      expect(await from("0.0.0.0/0", [`X-Forwarded-For: ${entry}`], one), entry).toBe(403);
    }
  });

  it("mapped IPv4 and IPv6 behind a proxy", async () => {
    expect(await from("10.0.0.0/8", ["X-Forwarded-For: ::ffff:10.0.0.1"], { trustedHops: 1 })).toBe(200);
    expect(await from("2001:db8::/32", ["X-Forwarded-For: 2001:DB8::7"], { trustedHops: 1 })).toBe(200);
  });

  it("clientAddress tells it instead", async () => {
    expect(await from("10.0.0.0/8", FORGED, { clientAddress: () => "10.9.9.9" })).toBe(200);
    expect(await from("10.0.0.0/8", FORGED, { clientAddress: async () => undefined })).toBe(403);
  });
});
