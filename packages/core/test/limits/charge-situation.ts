import fc from "fast-check";
import type { Charge, Meter } from "../../src/limits/charge.js";

export interface ChargeSituation {
  /** Each on a meter of its own. */
  readonly charges: readonly Charge[];
  /** What is stored of those meters, by name. */
  readonly stored: ReadonlyMap<string, Meter>;
}

/** A charge that has no meter's name yet, and what is stored of its meter. */
interface Slot<Form extends Charge["form"]> {
  readonly charge: Omit<Charge & { readonly form: Form }, "meter">;
  readonly stored: (Meter & { readonly form: Form }) | null;
}

const small = fc.integer({ min: 0, max: 30 });
/** For no unit, or for several. */
const room = fc.integer({ min: 0, max: 80 });
const windowAt = fc.integer({ min: -2, max: 3 });

export const gcraSlot: fc.Arbitrary<Slot<"gcra">> = fc.record({
  charge: fc
    .record({ floorUs: small, addUs: fc.integer({ min: 1, max: 10 }), roomUs: room })
    .map(({ floorUs, addUs, roomUs }) => ({ form: "gcra", floorUs, addUs, ceilingUs: floorUs + roomUs }) as const),
  stored: fc.option(small.map((tatUs) => ({ form: "gcra", tatUs }) as const)),
});

export const windowSlot: fc.Arbitrary<Slot<"window">> = fc.record({
  charge: fc.record({
    form: fc.constant("window"),
    windowAt,
    add: fc.integer({ min: 0, max: 10 }),
    ceiling: room,
  }),
  stored: fc.option(fc.record({ form: fc.constant("window"), windowAt, used: small })),
});

const slot = fc.oneof(gcraSlot, windowSlot);

/** Small numbers, so that they meet. Of both forms often, few runs being enough for each to be drawn. */
export const situation: fc.Arbitrary<ChargeSituation> = fc
  .oneof(fc.array(slot, { minLength: 1, maxLength: 8 }), fc.tuple(gcraSlot, windowSlot))
  .map((slots) => {
    const stored = new Map<string, Meter>();
    for (const [index, each] of slots.entries()) if (each.stored !== null) stored.set(`m${index}`, each.stored);
    return { charges: slots.map(({ charge }, index): Charge => ({ ...charge, meter: `m${index}` })), stored };
  });
