import { describe, expect, it } from "vitest";
import { challenge, isQuotable } from "./challenge.js";

describe("WWW-Authenticate (RFC 6750 §3)", () => {
  it("names the realm alone where there was no credential", () => {
    expect(challenge("api")).toBe('Bearer realm="api"');
  });

  it("names the error, and the scopes that the resource requires", () => {
    expect(challenge("api", "invalid_token")).toBe('Bearer realm="api", error="invalid_token"');
    expect(challenge("api", "insufficient_scope", ["invoices:read", "payments:send"])).toBe(
      'Bearer realm="api", error="insufficient_scope", scope="invoices:read payments:send"',
    );
  });

  it.each(['a"b', "a\\b", "a\r\nX-Injected: 1", "a\nb", "a\tb", "a\x7f", "é", "", "日本"])(
    "%j cannot stand in it",
    (text) => {
      expect(isQuotable(text)).toBe(false);
    },
  );

  it.each(["api", "Invoices (test)", "invoices:read", "!~"])("%j can", (text) => {
    expect(isQuotable(text)).toBe(true);
  });
});
