import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IdTable } from "./id-table.js";

interface Kept {
  readonly record: { readonly id: string };
  readonly value: number;
}

const ACTS = {
  set: (table: IdTable<Kept>, id: string, value: number) => void table.set(id, { record: { id }, value }),
  delete: (table: IdTable<Kept>, id: string) => void table.delete(id),
};

const acts = (maxIds: number) =>
  fc.array(fc.record({ act: fc.constantFrom("set" as const, "set" as const, "delete" as const), id: fc.nat(maxIds) }), {
    maxLength: 300,
    size: "max",
  });

/** Two ids of one hash, which `like` cannot tell apart. */
const TWINS = ["8Tja0gDmqa6QxqWR", "wwo5kpprUrGVTr0K"] as const;

describe("IdTable", () => {
  it("keeps what a Map keeps, however it is filled and emptied", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 60 }).chain((maxIds) => fc.tuple(fc.constant(maxIds), acts(maxIds))),
        ([maxIds, done]) => {
          const table = new IdTable<Kept>();
          const model = new Map<string, number>();
          for (const [index, { act, id }] of done.entries()) {
            ACTS[act](table, `id ${id}`, index);
            act === "set" ? model.set(`id ${id}`, index) : model.delete(`id ${id}`);
            expect(table.size).toBe(model.size);
          }
          for (let id = 0; id <= maxIds; id += 1) {
            const name = `id ${id}`;
            expect(table.get(name)?.value).toBe(model.get(name));
            expect(table.like(`before ${name} and after`, 7, 7 + name.length)?.value).toBe(model.get(name));
          }
        },
      ),
    );
  });

  it("tells ids of one hash apart, and finds the other one where the first is gone", () => {
    const [one, other] = TWINS;
    const table = new IdTable<Kept>();
    table.set(one, { record: { id: one }, value: 1 });
    expect([table.get(other), table.like(other, 0, other.length)?.value]).toEqual([undefined, 1]);
    table.set(other, { record: { id: other }, value: 2 });
    expect([table.get(one)?.value, table.get(other)?.value, table.size]).toEqual([1, 2, 2]);
    table.delete(one);
    expect([table.get(one), table.like(one, 0, one.length)?.value, table.size]).toEqual([undefined, 2, 1]);
  });

  it("holds a hundred thousand, and none of as many others", () => {
    const table = new IdTable<Kept>();
    const idOf = (index: number): string => `id ${index}`;
    for (let index = 0; index < 100_000; index += 1)
      table.set(idOf(index), { record: { id: idOf(index) }, value: index });
    for (let index = 0; index < 200_000; index += 1)
      if (table.get(idOf(index))?.value !== (index < 100_000 ? index : undefined)) expect.fail(idOf(index));
    for (let index = 0; index < 100_000; index += 1) table.delete(idOf(index));
    expect(table.size).toBe(0);
  });
});
