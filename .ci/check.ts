// pnpm check [NAME…]: the house rules as programs. Without names all of them; the packages must have been built.

import { arrows } from "./checks/arrows.js";
import { attw } from "./checks/attw.js";
import type { Check, Outcome } from "./checks/check.js";
import { consumer } from "./checks/consumer.js";
import { docsCode } from "./checks/docs-code.js";
import { docsLinks } from "./checks/docs-links.js";
import { fileLength } from "./checks/file-length.js";
import { packed } from "./checks/packed.js";
import { publint } from "./checks/publint.js";
import { purity } from "./checks/purity.js";
import { sizes } from "./checks/sizes.js";

const all: readonly Check[] = [arrows, purity, fileLength, docsLinks, docsCode, sizes, packed, publint, attw, consumer];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !all.some((check) => check.name === name));
if (unknown.length > 0) {
  throw new TypeError(`No check named ${unknown.join(", ")}; there are ${all.map((check) => check.name).join(", ")}`);
}

for (const check of all) {
  if (wanted.length > 0 && !wanted.includes(check.name)) continue;
  const beganMs = performance.now();
  const { summary, problems } = await outcomeOf(check);
  const seconds = ((performance.now() - beganMs) / 1000).toFixed(1);
  console.log(`${problems.length === 0 ? "ok    " : "FAILED"} ${check.name} (${seconds} s): ${summary}`);
  for (const problem of problems) console.log(`       ${problem.trimEnd().replaceAll("\n", "\n         ")}`);
  if (problems.length > 0) process.exitCode = 1;
}

/** A check that could not look has failed, and the others still run. */
async function outcomeOf(check: Check): Promise<Outcome> {
  try {
    return await check.run();
  } catch (error) {
    return { summary: "could not look", problems: [error instanceof Error ? error.message : String(error)] };
  }
}
