import type { Store, StoredKey } from "@claviger/core";
import { describe, expect, it } from "vitest";
import type { KeyManager } from "../src/keyring.js";
import { onEachStore } from "./support/on-each-store.js";
import { openWorld, type World } from "./support/open-world.js";
import { rejectionOf } from "./support/rejection.js";

const HOUR_MS = 3_600_000;

// The table of the security requirements, §3. A word is the state that follows; "as it was" is success with the state
// kept; finishing and cancelling stand below, for they depend on whether two secrets live.
const TABLE = `
status           | disable   | enable    | revoke    | revoke, leaked | rotate    | update    | delete
active           | disabled  | nothing   | revoked   | compromised    | as it was | as it was | destroyed
pending          | disabled  | nothing   | revoked   | compromised    | as it was | as it was | destroyed
disabled         | nothing   | active    | revoked   | compromised    | as it was | as it was | destroyed
expired          | illegal   | illegal   | revoked   | compromised    | illegal   | illegal   | destroyed
expired disabled | illegal   | illegal   | revoked   | compromised    | illegal   | illegal   | destroyed
revoked          | illegal   | illegal   | nothing   | compromised    | illegal   | illegal   | destroyed
compromised      | illegal   | illegal   | nothing   | nothing        | illegal   | illegal   | destroyed
destroyed        | not found | not found | not found | not found      | not found | not found | nothing
`;

const ONE_SECRET = `
status           | finishRotation | cancelRotation
active           | nothing        | illegal
pending          | nothing        | illegal
disabled         | nothing        | illegal
expired          | nothing        | illegal
expired disabled | nothing        | illegal
revoked          | nothing        | illegal
compromised      | nothing        | illegal
destroyed        | not found      | not found
`;

const TWO_SECRETS = `
status           | finishRotation | cancelRotation | rotate   | rotate, overlap 0
active           | as it was      | as it was      | conflict | as it was
pending          | as it was      | as it was      | conflict | as it was
disabled         | as it was      | as it was      | conflict | as it was
revoked          | illegal        | illegal        | illegal  | illegal
compromised      | illegal        | illegal        | illegal  | illegal
`;

interface Cell {
  readonly status: string;
  readonly verb: string;
  readonly outcome: string;
}

function cellsOf(table: string): readonly Cell[] {
  const [header = [], ...rows] = table
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  return rows.flatMap(([status = "", ...outcomes]) =>
    outcomes.map((outcome, index) => ({ status, verb: header[index + 1] ?? "", outcome })),
  );
}

const ACTS: { readonly [verb: string]: (keys: KeyManager, id: string) => Promise<unknown> } = {
  disable: (keys, id) => keys.disable(id),
  enable: (keys, id) => keys.enable(id),
  revoke: (keys, id) => keys.revoke(id),
  "revoke, leaked": (keys, id) => keys.revoke(id, { leaked: true }),
  rotate: (keys, id) => keys.rotate(id),
  "rotate, overlap 0": (keys, id) => keys.rotate(id, { overlap: 0 }),
  update: (keys, id) => keys.update(id, { name: "Another name" }),
  delete: (keys, id) => keys.delete(id),
  finishRotation: (keys, id) => keys.finishRotation(id),
  cancelRotation: (keys, id) => keys.cancelRotation(id),
};

const CODES: { readonly [outcome: string]: string } = {
  illegal: "illegal_transition",
  "not found": "not_found",
  conflict: "conflict",
};

/** Brings a key into a status by the verbs and the clock alone. */
async function keyThatIs(status: string, { keyring, clock }: World, rotating: boolean): Promise<string> {
  const notBefore = status === "pending" ? new Date(clock.now() + HOUR_MS) : undefined;
  const { key } = await keyring.create({
    owner: "user_1",
    name: "A name",
    expiresIn: "2h",
    ...(notBefore && { notBefore }),
  });
  const { id } = key;
  if (rotating) await keyring.rotate(id);
  if (status === "disabled" || status === "expired disabled") await keyring.disable(id);
  if (status === "expired" || status === "expired disabled") clock.advance(2 * HOUR_MS);
  if (status === "revoked") await keyring.revoke(id);
  if (status === "compromised") await keyring.revoke(id, { leaked: true });
  if (status === "destroyed") await keyring.delete(id);
  return id;
}

async function rowOf({ store }: World, id: string): Promise<StoredKey> {
  const [row] = await store.find([id]);
  if (row === undefined) throw new Error(`no row ${id}`);
  return structuredClone(row);
}

async function playCell(store: Store, { status, verb, outcome }: Cell, rotating = false): Promise<void> {
  const world = openWorld(store);
  const id = await keyThatIs(status, world, rotating);
  const before = await rowOf(world, id);
  const eventsBefore = world.events.length;
  world.clock.advance(1);
  const act = (): Promise<unknown> | undefined => ACTS[verb]?.(world.keyring, id);

  const code = CODES[outcome];
  if (code === undefined) await act();
  else expect(await rejectionOf(async () => act())).toMatchObject({ code, keyId: id });

  const after = await rowOf(world, id);
  if (code !== undefined || outcome === "nothing") {
    expect(after).toEqual(before);
    const refused = code === "illegal_transition" || code === "conflict";
    expect(world.events.slice(eventsBefore)).toMatchObject(
      refused ? [{ type: "key.refused", keyId: id, at: world.clock.now(), actor: "system", data: { code } }] : [],
    );
  } else {
    const state = outcome === "as it was" ? before.state : outcome;
    expect(after).toMatchObject({
      state,
      version: before.version + 1,
      updatedAt: world.clock.now(),
      createdAt: before.createdAt,
    });
    expect(world.events.slice(eventsBefore)).toMatchObject([
      { keyId: id, version: after.version, at: world.clock.now(), actor: "system" },
    ]);
    if (outcome === "destroyed")
      expect(Object.keys(after).sort()).toEqual(["createdAt", "head", "id", "state", "tenant", "updatedAt", "version"]);
  }
}

onEachStore((createStore) => {
  describe("status × verb, by the table", () => {
    it.each(cellsOf(TABLE))("$status: $verb → $outcome", (cell) => playCell(createStore(), cell));
  });

  describe("while one secret lives", () => {
    it.each(cellsOf(ONE_SECRET))("$status: $verb → $outcome", (cell) => playCell(createStore(), cell));
  });

  describe("while two secrets live", () => {
    const stateVerbs = ["disable", "enable", "revoke", "revoke, leaked", "update", "delete"];
    const others = cellsOf(TABLE).filter(
      ({ status, verb }) => stateVerbs.includes(verb) && !status.startsWith("expired") && status !== "destroyed",
    );
    it.each([...cellsOf(TWO_SECRETS), ...others])("$status: $verb → $outcome", (cell) =>
      playCell(createStore(), cell, true),
    );
  });
});
