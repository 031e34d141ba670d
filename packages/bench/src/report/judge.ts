import { type Bound, quantityOf } from "../bounds.js";
import type { Series } from "../measure/measure.js";
import { pairedRatios, type Summary, summarise } from "../measure/statistics.js";

/** A bound, and how the figures stand to it. */
export interface Judgement {
  readonly bound: Bound;
  /** Of the ratios paired within each round. */
  readonly ratio: Summary;
  readonly rounds: number;
  /** By the median. */
  readonly isHeld: boolean;
}

/** @throws Error where a contestant that the bound names did not take part: a bound that nobody looks at is none */
export function judge(bound: Bound, series: Series): Judgement {
  const figures = (name: string): readonly number[] => {
    const measures = series[name];
    if (measures === undefined || measures.length === 0)
      throw new Error(`${bound.scenario} has a bound about ${name}, which took no part`);
    return measures.map((measure) => quantityOf(measure, bound.quantity));
  };
  const ratios = pairedRatios(figures(bound.contestant), figures(bound.against));
  const ratio = summarise(ratios);
  const isHeld = "atMost" in bound.ratio ? ratio.median <= bound.ratio.atMost : ratio.median >= bound.ratio.atLeast;
  return { bound, ratio, rounds: ratios.length, isHeld };
}

/** One line: what is held or falls short, with median, spread and bound. */
export function judgementLine({ bound, ratio, rounds, isHeld }: Judgement): string {
  const [words, limit] = "atMost" in bound.ratio ? ["at most", bound.ratio.atMost] : ["at least", bound.ratio.atLeast];
  const wanted = `${words} ${limit}`;
  const got = `${toldFrom(limit, ratio.median)} (half of ${rounds} rounds: ${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)})`;
  const what = `${bound.scenario}: ${bound.quantity} of ${bound.contestant} / ${bound.against}`;
  return `${isHeld ? "held " : "SHORT"} ${what}: ${got}, ${wanted}`;
}

const DIGITS = 2;
const MOST_DIGITS = 6;

/** With as many digits as tell it from the limit: that 0.85 falls short of 0.85 explains nothing. */
function toldFrom(limit: number, ratio: number): string {
  let digits = DIGITS;
  while (digits < MOST_DIGITS && ratio !== limit && Number(ratio.toFixed(digits)) === limit) digits += 1;
  return ratio.toFixed(digits);
}
