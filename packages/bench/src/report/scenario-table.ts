import { quantityOf } from "../bounds.js";
import { pairedRatios, type Summary, summarise } from "../measure/statistics.js";
import type { Played } from "../play-scenario.js";
import type { Scenario } from "../scenario.js";

/** A scenario's figures as a table of Markdown: medians over the rounds, each beside its floor in the same round. */
export function scenarioTable(scenario: Scenario, { series, facts }: Played): string {
  const [first] = Object.values(series);
  const hasTail = first?.[0]?.p99Ms !== undefined;
  const heads = ["", scenario.shows === "time" ? "µs an answer" : "answers a second"];
  heads.push(`${scenario.shows} / ${scenario.against}`, "the middle half of the rounds");
  if (hasTail) heads.push("p99, ms");
  const rows = Object.entries(series).map(([name, measures]) => {
    const figures = measures.map((measure) => quantityOf(measure, scenario.shows));
    const floor = (series[scenario.against] ?? []).map((measure) => quantityOf(measure, scenario.shows));
    const ratio = summarise(pairedRatios(figures, floor));
    const middle = summarise(figures).median;
    const shown = scenario.shows === "time" ? (middle * 1e6).toFixed(2) : Math.round(middle).toLocaleString("en");
    const tail = hasTail ? [summarise(measures.map((measure) => quantityOf(measure, "p99"))).median.toFixed(1)] : [];
    return [name, shown, digits(ratio.median), spread(ratio), ...tail];
  });
  const notes = facts.map(({ about, figure, unit }) => `${about}: ${Math.round(figure).toLocaleString("en")} ${unit}`);
  const table = [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return [
    `### ${scenario.title} (\`${scenario.name}\`)`,
    "",
    ...table,
    "",
    ...notes.map((note) => `- ${note}`),
    "",
  ].join("\n");
}

function spread({ low, high }: Summary): string {
  return `${digits(low)} to ${digits(high)}`;
}

function digits(ratio: number): string {
  return ratio >= 100 ? Math.round(ratio).toLocaleString("en") : ratio.toFixed(2);
}
