import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const NEEDS_A_PROCESS = /\bvi\.(mock|doMock|resetModules|getTimerCount)\(/;

/**
 * The packages' test files, from `root`, that put other modules in the place of some, or load them anew; and those that
 * count timers, one of which may be another file's.
 */
export function filesApart(root: string): string[] {
  const packages = readdirSync(join(root, "packages")).map((name) => `packages/${name}`);
  const folders = packages
    .flatMap((path) => [`${path}/src`, `${path}/test`])
    .filter((path) => existsSync(join(root, path)));
  const files = folders.flatMap((folder) => filesBelow(root, folder)).filter((path) => path.endsWith(".test.ts"));
  return files.filter((path) => NEEDS_A_PROCESS.test(readFileSync(join(root, path), "utf8")));
}

function filesBelow(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return entries.map((path) => `${folder}/${path.replaceAll("\\", "/")}`);
}
