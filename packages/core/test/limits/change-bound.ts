import type { Limit } from "../../src/limits/limit.js";
import { limitWindow } from "../../src/limits/limit-window.js";
import type { Phase } from "./changing-rules.js";

/** The periods of a limit that pass in a span: by GCRA in proportion, by windows those that begin. */
function periodsIn(limit: Limit, fromMs: number, toMs: number): number {
  if (limit.kind === "rate" && limit.algorithm === "gcra") return (toMs - fromMs) / limit.per;
  const begun = limitWindow(limit, fromMs);
  const counting = limitWindow(limit, toMs);
  if (begun === null || counting === null || begun.startMs === counting.startMs) return 0;
  if (begun.endMs === counting.startMs) return 1;
  const lengthMs = limit.kind === "rate" ? limit.per : limit.kind === "quota" ? limit.refill : 0;
  if (typeof lengthMs === "number") return (counting.startMs - begun.startMs) / lengthMs;
  return 1 + periodsIn(limit, begun.endMs, toMs);
}

const isGcra = (limit: Limit) => limit.kind === "rate" && limit.algorithm === "gcra";

/** How many times N a change may add besides, by the documented bound. */
function addedBy(from: Limit, to: Limit, most: number): number {
  if (from.kind !== to.kind) return 1;
  if (isGcra(from) && !isGcra(to)) return Math.max(from.limit, to.limit) < most ? 1 : 0;
  const isAmountAlone = isGcra(from) && from.kind === "rate" && to.kind === "rate" && from.per === to.per;
  return isAmountAlone ? most / (from.per * 1000) : 0;
}

/** The documented bound of a span that begins and ends in these phases: of all limits together, and of each by itself. */
function boundOf(phases: readonly Phase[], beginMs: number, endMs: number): number {
  const most = largestOf(phases);
  let times = 1;
  phases.forEach(({ limit, fromMs, toMs }, index) => {
    times += periodsIn(limit, Math.max(fromMs, beginMs), Math.min(toMs, endMs));
    const next = phases[index + 1];
    if (next !== undefined) times += addedBy(limit, next.limit, most);
  });
  const apart = [...new Set(phases.map(periodOf))].map((period) =>
    boundOfOne(
      phases.filter((phase) => periodOf(phase) === period),
      beginMs,
      endMs,
    ),
  );
  return Math.min(most * times, sumOf(apart));
}

/** Of phases that differ in their amounts alone. It refills while others are in force, too. */
function boundOfOne(phases: readonly Phase[], beginMs: number, endMs: number): number {
  const most = largestOf(phases);
  const rounding = sumOf(
    phases.map(({ limit }) => (limit.kind === "rate" && isGcra(limit) ? most / (limit.per * 1000) : 0)),
  );
  const [first] = phases;
  return first === undefined ? 0 : most * (1 + periodsIn(first.limit, beginMs, endMs) + rounding);
}

function periodOf({ limit }: Phase): string {
  return JSON.stringify({ ...limit, limit: 0 });
}

function largestOf(phases: readonly Phase[]): number {
  return Math.max(...phases.map(({ limit }) => limit.limit));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/** By how much the span goes beyond its bound that does so most, of all that begin and end with an admission. */
export function overshoot(phases: readonly Phase[]): number {
  let most = Number.NEGATIVE_INFINITY;
  const all = phases.flatMap(({ admissions }, phase) => admissions.map((admission) => ({ ...admission, phase })));
  all.forEach((first, index) => {
    let units = 0;
    for (const last of all.slice(index)) {
      units += last.units;
      const bound = boundOf(phases.slice(first.phase, last.phase + 1), first.atMs, last.atMs);
      most = Math.max(most, units - bound);
    }
  });
  return most;
}
