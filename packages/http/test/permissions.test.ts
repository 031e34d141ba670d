import { describe, expect, it } from "vitest";
import { onEachServer } from "./on-each-server.js";

const LACKS = (scopes: string) => `Bearer realm="api", error="insufficient_scope", scope="${scopes}"`;

describe("KF-12, KF-13, KF-28 a call outside the key's permissions is 403", () => {
  it("where requireScopes asks for what the key lacks", async () => {
    const { responses, handled } = await onEachServer(
      ({ keyring }) => [{ auth: keyring }, { requires: ["payments:send", "invoices:read"] }],
      async ({ issue }, send) => {
        await send([`Authorization: Bearer ${await issue({ scopes: ["invoices:read"] })}`]);
        await send([`Authorization: Bearer ${await issue({ scopes: [] })}`]);
        await send([`Authorization: Bearer ${await issue({ scopes: ["invoices:read", "payments:send"] })}`]);
      },
    );
    expect(responses.map(({ status }) => status)).toEqual([403, 403, 200]);
    expect(responses[0]?.headers["www-authenticate"]).toBe(LACKS("payments:send invoices:read"));
    expect(responses[1]).toEqual(responses[0]);
    expect(JSON.parse(responses[0]?.body ?? "").type).toBe("https://claviger.dev/problems/insufficient-scope");
    expect(handled).toBe(1);
  });

  it("where the scopes option does, before anything is charged", async () => {
    const { responses } = await onEachServer(
      ({ keyring }) => [{ auth: keyring, options: { scopes: () => ["payments:send"] } }],
      async ({ issue }, send) => {
        const limits = [{ name: "few", kind: "credits", limit: 1 }] as const;
        const token = await issue({ scopes: ["payments:read"], limits });
        await send([`X-API-Key: ${token}`]);
        await send([`X-API-Key: ${token}`]);
      },
    );
    expect(responses.map(({ status }) => status)).toEqual([403, 403]);
    expect(responses[0]?.headers).toMatchObject({
      "www-authenticate": LACKS("payments:send"),
      "cache-control": "no-store",
    });
    expect(responses[0]?.headers).not.toHaveProperty("ratelimit");
  });

  it("not where a wildcard or a declared implication covers it", async () => {
    const { responses } = await onEachServer(
      ({ keyring }) => [{ auth: keyring }, { requires: ["invoices:read"] }],
      async ({ issue }, send) => {
        for (const scopes of [["invoices:*"], ["**"], ["invoices:write"], ["payments:*"]]) {
          await send([`X-API-Key: ${await issue({ scopes })}`]);
        }
      },
    );
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 403]);
  });

  it("a later 403 keeps the limit fields of the charge, and is not stored", async () => {
    const { responses } = await onEachServer(
      ({ keyring }) => [{ auth: keyring }, { requires: ["invoices:read"] }],
      async ({ issue }, send) =>
        send([`X-API-Key: ${await issue({ limits: [{ name: "few", kind: "credits", limit: 9 }] })}`]),
    );
    expect(responses[0]).toMatchObject({
      status: 403,
      headers: { ratelimit: '"few";r=8', "cache-control": "no-store" },
    });
  });

  it("a realm of one's own is in every challenge", async () => {
    const { responses } = await onEachServer(
      ({ keyring }) => [{ auth: keyring, options: { realm: "Invoices (test)" } }, { requires: ["invoices:read"] }],
      async ({ issue }, send) => {
        await send([]);
        await send(["X-API-Key:"]);
        await send(["X-API-Key: x"]);
        await send([`X-API-Key: ${await issue()}`]);
      },
    );
    const realm = 'Bearer realm="Invoices (test)"';
    expect(responses.map(({ headers }) => headers["www-authenticate"])).toEqual([
      realm,
      `${realm}, error="invalid_request"`,
      `${realm}, error="invalid_token"`,
      `${realm}, error="insufficient_scope", scope="invoices:read"`,
    ]);
  });
});

describe("KF-24 a key that is restricted is refused elsewhere, without saying what is allowed", () => {
  const account = { resources: { account: { allow: ["DE89", "DE90"], deny: ["DE90"] } } };

  it.each([
    ["an allowed resource", { account: "DE89" }, 200],
    ["a denied one", { account: "DE90" }, 403],
    ["another", { account: "DE91" }, 403],
    ["another kind", { customer: "DE89" }, 403],
    ["an inherited name", { constructor: "DE89" }, 403],
    ["later", "later", 200],
  ] as const)("%s", async (_, resources, status) => {
    const { responses } = await onEachServer(
      ({ keyring }) => [{ auth: keyring, options: { resources: () => Promise.resolve(resources) } }],
      async ({ issue }, send) => send([`X-API-Key: ${await issue({ restrictions: account })}`]),
    );
    expect(responses[0]?.status).toBe(status);
    if (status === 403)
      expect(JSON.parse(responses[0]?.body ?? "").type).toBe("https://claviger.dev/problems/restricted");
    expect(responses[0]?.headers).not.toHaveProperty("www-authenticate");
    expect(JSON.stringify(responses)).not.toContain("DE89");
  });

  it("no resource at all", async () => {
    const { responses } = await onEachServer(
      ({ keyring }) => [{ auth: keyring }],
      async ({ issue }, send) => send([`X-API-Key: ${await issue({ restrictions: account })}`]),
    );
    expect(responses[0]?.status).toBe(403);
  });
});
