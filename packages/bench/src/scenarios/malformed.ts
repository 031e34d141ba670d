import { claviger } from "../contestants/claviger.js";
import { checksumFloor } from "../contestants/floor.js";
import { oneByOne } from "../measure/one-by-one.js";
import { closeAll, type Scenario } from "../scenario.js";
import { madeUpTokens, withWrongChecksum } from "../tokens/made-up.js";
import { tokenBook } from "../tokens/token-book.js";
import { memoryKeys } from "./memory-keys.js";

const KEYS = 1_000;

/** Tokens whose last character was mistyped: everything about them is right but the checksum, which is checked last. */
export const malformed: Scenario = {
  name: "malformed",
  title: "In memory, a mistyped token",
  against: "floor",
  shows: "time",
  needs: "nothing",
  async open() {
    const { given, store } = memoryKeys(KEYS);
    const mistyped = [...madeUpTokens(KEYS, 1)].map(({ token }) => withWrongChecksum(token));
    const asked = tokenBook(mistyped);
    const contestants = [
      // Of bad tokens it knows only mistyped ones.
      checksumFloor({ asked, proof: { good: given.proof.good, bad: mistyped.slice(0, 20) } }),
      claviger("claviger", { store: await store() }, { ...given, asked }),
    ];
    const entrants = await Promise.all(contestants.map((contestant) => oneByOne(contestant, "refused")));
    return { entrants, close: () => closeAll(contestants) };
  },
};
