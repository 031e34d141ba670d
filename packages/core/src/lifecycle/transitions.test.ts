import { describe, expect, it } from "vitest";
import { type Act, outcomeOf } from "./transitions.js";

// The table of the security requirements, §3, as it stands there. Its first and fourth row each stand for two.
const TABLE = `
status      | disable         | enable          | revoke          | revoke, leaked                | rotate, update | delete
active      | disabled        | nothing happens | revoked         | compromised                   | as it was      | destroyed
pending     | disabled        | nothing happens | revoked         | compromised                   | as it was      | destroyed
disabled    | nothing happens | active          | revoked         | compromised                   | disabled       | destroyed
expired     | illegal         | illegal         | revoked         | compromised                   | illegal        | destroyed
revoked     | illegal         | illegal         | nothing happens | compromised (learned later)   | illegal        | destroyed
compromised | illegal         | illegal         | nothing happens | nothing happens               | illegal        | destroyed
destroyed   | not found       | not found       | not found       | not found                     | not found      | nothing happens
`;

const [header = [], ...rows] = TABLE.trim()
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()));

const ACTS: { readonly [column: string]: Act } = {
  disable: "disable",
  enable: "enable",
  revoke: "revoke",
  "revoke, leaked": "revoke_leaked",
  "rotate, update": "change",
  delete: "delete",
};

const WORDS: { readonly [cell: string]: string } = {
  "nothing happens": "nothing",
  "as it was": "unchanged",
  "not found": "not_found",
  "compromised (learned later)": "compromised",
};

describe("the lifecycle's table, cell by cell", () => {
  const cells = rows.flatMap(([status = "", ...outcomes]) =>
    outcomes.map((outcome, index) => ({ status, verb: header[index + 1] ?? "", outcome })),
  );

  it("has a cell for each of seven statuses and six verbs", () => {
    expect(cells).toHaveLength(42);
  });

  it.each(cells)("$status: $verb → $outcome", ({ status, verb, outcome }) => {
    const act = ACTS[verb];
    if (act === undefined) throw new Error(`no act for the column ${verb}`);
    // A key that is changed while it is disabled stays so: the table says it in another word.
    const expected = act === "change" && outcome === "disabled" ? "unchanged" : (WORDS[outcome] ?? outcome);
    expect(outcomeOf(status as Parameters<typeof outcomeOf>[0], act)).toBe(expected);
  });
});
