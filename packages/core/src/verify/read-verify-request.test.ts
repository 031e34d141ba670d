import { describe, expect, it } from "vitest";
import { HOSTILE } from "../../test/hostile.js";
import { readVerifyRequest } from "./read-verify-request.js";

const problemOf = (request: unknown): string | undefined => {
  const checked = readVerifyRequest(request);
  return "problem" in checked ? checked.problem : undefined;
};

describe("readVerifyRequest", () => {
  it("asks for nothing, at a cost of 1, unless told", () => {
    expect(readVerifyRequest(undefined)).toEqual({ scopes: [], cost: 1 });
    expect(readVerifyRequest({})).toEqual({ scopes: [], cost: 1 });
    expect(
      readVerifyRequest({ scopes: undefined, ip: undefined, cost: undefined, tenant: undefined, resources: undefined }),
    ).toEqual({ scopes: [], cost: 1 });
  });

  it("reads every field", () => {
    const request = {
      scopes: ["a:b", "c"],
      ip: "::1",
      resources: { account: "x" },
      cost: 7,
      tenant: "t",
      client: "curl/8",
    };
    expect(readVerifyRequest(request)).toEqual(request);
    expect(readVerifyRequest({ resources: "later" })).toEqual({ scopes: [], cost: 1, resources: "later" });
  });

  it("reads each member once, and keeps a copy: what was checked is what is decided on", () => {
    const scopes = ["a:b"];
    const resources = { account: "x" };
    let reads = 0;
    const request = {
      scopes,
      resources,
      get cost() {
        reads += 1;
        return reads === 1 ? 1 : -1;
      },
    };
    const checked = readVerifyRequest(request);
    scopes[0] = "anything:*";
    resources.account = "y";
    expect(checked).toEqual({ scopes: ["a:b"], resources: { account: "x" }, cost: 1 });
    expect(reads).toBe(1);
  });

  it("takes 100 scopes, and looks at no more than one beyond them", () => {
    const scopes = Array.from({ length: 100 }, (_, index) => `a:${index}`);
    expect(readVerifyRequest({ scopes })).toEqual({ scopes, cost: 1 });
    let reads = 0;
    const long = new Proxy(
      Array.from({ length: 10_000 }, () => "a:b"),
      {
        get(target, name) {
          if (typeof name === "string" && /^[0-9]+$/.test(name)) reads += 1;
          return Reflect.get(target, name);
        },
      },
    );
    expect(problemOf({ scopes: long })).toContain("at most 100 scopes");
    expect(reads).toBeLessThanOrEqual(101);
  });

  it.each([
    ["scopes", "a:b"],
    ["scopes", ["a:*"]],
    ["scopes", ["**"]],
    ["scopes", [""]],
    ["scopes", [5]],
    ["scopes", new Array(2)],
    ["scopes", Array.from({ length: 101 }, () => "a:b")],
    ["ip", 5],
    ["ip", ["10.0.0.1"]],
    ["resources", "Later"],
    ["resources", ["x"]],
    ["resources", { account: 5 }],
    ["resources", { account: undefined }],
    ["cost", 0],
    ["cost", -1],
    ["cost", 0.5],
    ["cost", Number.NaN],
    ["cost", Number.POSITIVE_INFINITY],
    ["cost", 2 ** 53],
    ["cost", "1"],
    ["cost", 1n],
    ["tenant", 5],
    ["tenant", null],
    ["client", 5],
    ["client", ["curl/8"]],
  ])("%s %o is a problem that names it", (field, value) => {
    expect(problemOf({ [field]: value })).toMatch(new RegExp(`^${field} must be `));
  });

  it.each([
    [{ scopes: ["a:*"] }, "scopes must be an array of at most 100 scopes, without wildcards; got an array of 1"],
    [{ ip: 5 }, "ip must be an address as a string; got 5"],
    [{ resources: null }, 'resources must be an object of strings by kind, or "later"; got null'],
    [{ cost: 0 }, "cost must be a positive whole number; got 0"],
    [{ tenant: 5 }, "tenant must be a string; got 5"],
    [{ client: 5 }, "client must be a string; got 5"],
    [null, "the request must be a plain object; got null"],
    [["a:b"], "the request must be a plain object; got an array of 1"],
    ["a:b", 'the request must be a plain object; got "a:b"'],
  ])("says of %j what is allowed, and what was given", (request, problem) => {
    expect(problemOf(request)).toBe(problem);
  });

  it("takes no function for an object, not even one that looks like a plain one", () => {
    const bare: unknown = Object.setPrototypeOf((): void => {}, null);
    expect(problemOf(bare)).toBe("the request must be a plain object; got a function");
    expect(problemOf({ resources: bare })).toContain("resources must be an object");
  });

  it("names a field that it does not know", () => {
    expect(problemOf({ scope: ["a:b"] })).toBe(
      'the request has no field "scope"; allowed: scopes, ip, resources, cost, tenant, client',
    );
    expect(problemOf(JSON.parse('{"__proto__":{}}'))).toContain("has no field");
  });

  it("passes over a member that a symbol names, as schemas do: nobody misspells one", () => {
    expect(readVerifyRequest({ [Symbol("scopes")]: ["a:b"] })).toEqual(readVerifyRequest({}));
  });

  const whole = ["an empty object", "a null prototype"];
  it.each(Object.entries(HOSTILE).filter(([name]) => !whole.includes(name)))(
    "as the request, %s is a problem",
    (_, make) => {
      expect(problemOf(make())).toBeTypeOf("string");
    },
  );

  const fits: { readonly [field: string]: readonly string[] } = {
    scopes: ["an empty array"],
    ip: ["an empty string", "1 MB of text", "1 MB of underscores", "a NUL", "a lone surrogate"],
    resources: ["an empty object", "a null prototype"],
    tenant: ["an empty string", "1 MB of text", "1 MB of underscores", "a NUL", "a lone surrogate"],
    client: ["an empty string", "1 MB of text", "1 MB of underscores", "a NUL", "a lone surrogate"],
  };
  const fields = ["scopes", "ip", "resources", "cost", "tenant", "client"];
  it.each(fields.flatMap((field) => Object.keys(HOSTILE).map((name) => [field, name] as const)))(
    "%s given %s",
    (field, name) => {
      const problem = problemOf({ [field]: HOSTILE[name]?.() });
      if (fits[field]?.includes(name)) expect(problem).toBeUndefined();
      else expect(problem).toMatch(new RegExp(`^(${field} must be |the request could not be read)`));
    },
  );

  it("takes no instance of a class: what it asks by its prototype would go unseen", () => {
    class Asks {
      cost = 1;
      get scopes(): readonly string[] {
        return ["admin:all"];
      }
    }
    expect(readVerifyRequest(new Asks())).toHaveProperty("problem");
    const inheriting: unknown = Object.create(Object.assign(Object.create(null), { scopes: ["admin:all"] }));
    expect(readVerifyRequest(inheriting)).toHaveProperty("problem");
    expect(readVerifyRequest(Object.assign(Object.create(null), { cost: 2 }))).toMatchObject({ cost: 2 });
  });
});
