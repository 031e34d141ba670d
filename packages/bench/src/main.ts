import { cpus } from "node:os";
import { readArguments } from "./arguments.js";
import { boundsOf } from "./bounds.js";
import { playApart } from "./play-apart.js";
import { type Judgement, judge, judgementLine } from "./report/judge.js";
import { scenarioTable } from "./report/scenario-table.js";
import { SCALES } from "./scales.js";
import { SCENARIOS } from "./scenarios/scenarios.js";
import { createServers } from "./servers.js";

const { check, quick, only } = readArguments(process.argv.slice(2));
const names = SCENARIOS.map(({ name }) => name);
const asked = SCENARIOS.filter(
  ({ name }) => only.length === 0 || only.some((one) => (names.includes(one) ? name === one : name.startsWith(one))),
);
if (asked.length === 0) throw new Error(`no scenario is called so; there are ${names.join(", ")}`);
const chosen = asked.filter(({ name, isLong }) => !(quick && isLong) && !(check && boundsOf(name).length === 0));
const leftOut = asked.filter(({ isLong }) => quick && isLong);

const scale = SCALES[quick ? "quick" : "full"];
print(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, medians of ${scale.rounds} or ${scale.roundsNearOne} rounds`,
);
if (leftOut.length > 0) print(`Left out by --quick: ${leftOut.map(({ name }) => name).join(", ")}`);
print("");
const servers = createServers();
const judgements: Judgement[] = [];
try {
  for (const scenario of chosen) {
    const played = await playApart(scenario.name, { ...(await servers.readyFor(scenario.needs)), scale });
    print(scenarioTable(scenario, played));
    const judged = boundsOf(scenario.name).map((bound) => judge(bound, played.series));
    judgements.push(...judged);
    if (check) print(`${judged.map(judgementLine).join("\n")}\n`);
  }
} finally {
  await servers.stop();
}

if (check) {
  const short = judgements.filter(({ isHeld }) => !isHeld);
  print(
    `${judgements.length - short.length} of ${judgements.length} bounds held\n${short.map(judgementLine).join("\n")}`,
  );
  process.exitCode = short.length === 0 ? 0 : 1;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
