import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOSTILE } from "../../test/hostile.js";
import { refusalOf } from "../../test/refusal.js";
import { ClavigerError } from "../errors.js";
import { snapshot } from "./snapshot.js";

describe("snapshot", () => {
  it("copies any tree of plain values, sharing nothing with it", () => {
    const tree = fc.object({
      maxDepth: 5,
      values: [fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.date()],
    });
    fc.assert(
      fc.property(tree, (given) => {
        fc.pre(!JSON.stringify(given).includes('"__proto__"'));
        const copy = snapshot("input", given);
        expect(copy).toEqual(given);
        expect(copy).not.toBe(given);
        for (const [name, member] of Object.entries(given)) {
          if (typeof member === "object" && member !== null) expect(Reflect.get(Object(copy), name)).not.toBe(member);
        }
      }),
    );
  });

  it("reads every member exactly once, so a getter cannot answer twice", () => {
    let reads = 0;
    const given = {
      get name() {
        reads += 1;
        return `answer ${reads}`;
      },
    };
    expect(snapshot("input", given)).toEqual({ name: "answer 1" });
    expect(reads).toBe(1);
  });

  it.each(Object.entries(HOSTILE))(
    "of %s is a copy or invalid_input, never another error and never a hang",
    (_, make) => {
      for (const value of [make(), { inside: make() }, [make()]]) {
        try {
          snapshot("input", value);
        } catch (error) {
          expect(error).toBeInstanceOf(ClavigerError);
          expect(error).toMatchObject({ code: "invalid_input" });
          expect((error as ClavigerError).field).toMatch(/^(input|inside|\[0\]|name|self)/);
        }
      }
    },
  );

  it("names the member whose getter threw, and keeps what it threw as the cause", () => {
    const cause = new Error("no");
    const refusal = refusalOf(() =>
      snapshot("input", {
        limits: [
          {
            get per() {
              throw cause;
            },
          },
        ],
      }),
    );
    expect(refusal).toMatchObject({ field: "limits[0].per", cause });
  });

  it("refuses an instance of a class: what it answers by its prototype would be missing from the copy", () => {
    class Options {
      owner = "anna";
      get restrictions(): object {
        return { ip: { allow: ["10.0.0.0/8"] } };
      }
    }
    const inheriting: unknown = Object.create(Object.assign(Object.create(null), { restrictions: {} }));
    for (const value of [new Options(), inheriting, new Map([["leaked", true]]), new Date(), new Set()]) {
      expect(refusalOf(() => snapshot("options", value)).field).toBe("options");
      expect(refusalOf(() => snapshot("options", { inside: value instanceof Date ? new Map() : value })).field).toBe(
        "inside",
      );
    }
  });

  it("puts paths into words for an error only: thousands of members below a long name take no time", () => {
    const long = { ["a ".repeat(45_000)]: new Array(4_900).fill(0) };
    expect(snapshot("input", long)).toEqual(long);
  });

  it("ends at 16 levels and 5,000 members", () => {
    const nested = (levels: number): unknown =>
      Array.from({ length: levels }).reduce<unknown>((inside) => ({ inside }), 1);
    expect(snapshot("input", nested(16))).toEqual(nested(16));
    expect(refusalOf(() => snapshot("input", nested(18))).field).toBe("inside");
    expect(snapshot("input", new Array(5_000).fill(0))).toHaveLength(5_000);
    expect(refusalOf(() => snapshot("input", new Array(5_001).fill(0))).field).toBe("input");
    expect(refusalOf(() => snapshot("input", { list: new Array(100).fill(new Array(100).fill(0)) })).field).toBe(
      "list",
    );
  });
});
