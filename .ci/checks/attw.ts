import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { checkPackage, createPackageFromTarballData, type Problem } from "@arethetypeswrong/core";
import type { Check } from "./check.js";
import { packAll } from "./tarballs.js";

/** Are the types wrong? Profile node16: resolution without `exports` (node10) is not supported. */
export const attw: Check = {
  name: "attw",
  async run() {
    const problems: string[] = [];
    for (const { tarball } of packAll()) {
      const result = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
      const found = result.types === false ? ["has no types"] : result.problems.filter(concernsNode16).map(describe);
      problems.push(...found.map((problem) => `${basename(tarball)}: ${problem}`));
    }
    return { summary: `${packAll().length} tarballs, profile node16`, problems };
  },
};

function concernsNode16(problem: Problem): boolean {
  if ("resolutionKind" in problem) return problem.resolutionKind !== "node10";
  return !("resolutionOption" in problem) || problem.resolutionOption !== "node10";
}

function describe({ kind, ...details }: Problem): string {
  return `${kind} ${JSON.stringify(details)}`;
}
