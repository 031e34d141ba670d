import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOW } from "../../test/a-key.js";
import { refusalOf } from "../../test/refusal.js";
import { formatEventCursor, parseEventCursor } from "./event-cursor.js";
import { parseEventListInput } from "./event-list-input.js";
import { EVENT_TYPES, isEventType } from "./event-types.js";
import { parseFeedInput } from "./feed-input.js";
import { parsePurgeTime } from "./purge-input.js";

const KEY_ID = "Ab3dEfGh1jKlMn0p";
const parse = (input: unknown) => parseEventListInput(input, "t_1");

describe("parseEventListInput", () => {
  it("lists the newest 20 unless asked otherwise, and passes the filters on", () => {
    expect(parse(undefined)).toEqual({ tenant: "t_1", order: "newest", limit: 20 });
    const after = { at: NOW, id: "3nZ0v9Qd1rX7uKcE5tWb2A" };
    const input = {
      keyId: KEY_ID,
      actor: "anna",
      types: ["key.created", "key.created", "corrupt_key"],
      from: new Date(NOW),
      before: NOW + 1,
      sort: "oldest",
      cursor: formatEventCursor(after),
      pageSize: 100,
    };
    expect(parse(input)).toEqual({
      tenant: "t_1",
      keyId: KEY_ID,
      actor: "anna",
      types: ["key.created", "corrupt_key"],
      fromAt: NOW,
      beforeAt: NOW + 1,
      order: "oldest",
      after,
      limit: 100,
    });
  });

  it.each([
    ["keyId", "short"],
    ["actor", ""],
    ["types", ["key.made"]],
    ["types", ["constructor"]],
    ["from", "2020-01-01"],
    ["before", new Date("31/12/2020")],
    ["sort", "name"],
    ["cursor", "1"],
    ["pageSize", 0],
    ["pageSize", 101],
    ["tenant", "t_2"],
  ])("refuses %s %j", (field, value) => {
    const refused = refusalOf(() => parse({ [field]: value }));
    expect(refused.code).toBe("invalid_input");
    expect(refused.field).toMatch(new RegExp(`^${field}`));
  });
});

describe("a cursor", () => {
  it("comes back as the position that it was made of, and in no other writing", () => {
    fc.assert(
      fc.property(fc.nat(), fc.stringMatching(/^[0-9A-Za-z_-]{1,64}$/), (at, id) => {
        const cursor = formatEventCursor({ at, id });
        expect(parseEventCursor(cursor)).toEqual({ at, id });
        for (const edit of [`0${cursor}`, `${cursor}.`, ` ${cursor}`, `${cursor}!`, cursor.replace(".", "_")])
          expect(refusalOf(() => parseEventCursor(edit))).toMatchObject({ field: "cursor" });
      }),
    );
  });

  it("is refused whatever else it is", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(refusalOf(() => parseEventCursor(text)).code).toBe("invalid_input");
      }),
    );
  });
});

describe("parseFeedInput", () => {
  it("reads from the beginning, a hundred at once, unless told otherwise", () => {
    expect(parseFeedInput(undefined)).toEqual({ position: undefined, limit: 100 });
    expect(parseFeedInput("17", { limit: 1 })).toEqual({ position: "17", limit: 1 });
  });

  it("refuses what can be no position, and no number of events", () => {
    for (const position of ["", "x".repeat(201), 5, null, {}, "a\0b"])
      expect(refusalOf(() => parseFeedInput(position))).toMatchObject({ code: "invalid_input", field: "position" });
    for (const limit of [0, 101, 1.5, "5"])
      expect(refusalOf(() => parseFeedInput("1", { limit }))).toMatchObject({ code: "invalid_input", field: "limit" });
  });
});

describe("parsePurgeTime", () => {
  it("takes a time up to now", () => {
    expect([parsePurgeTime(NOW, NOW), parsePurgeTime(new Date(5), NOW)]).toEqual([NOW, 5]);
  });

  it("refuses one that is to come, and what is none", () => {
    for (const before of [NOW + 1, new Date(NOW + 1), undefined, null, new Date("31/12/2020"), "1", -1, {}])
      expect(refusalOf(() => parsePurgeTime(before, NOW))).toMatchObject({ code: "invalid_input", field: "before" });
  });
});

it("knows its types, and no name that every object has", () => {
  expect(EVENT_TYPES).toHaveLength(22);
  expect(EVENT_TYPES.every(isEventType)).toBe(true);
  for (const name of ["constructor", "__proto__", "toString", "", null]) expect(isEventType(name)).toBe(false);
});
