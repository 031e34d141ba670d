// Type-checks the whole repository, two programs at a time. The packages are one program, so that what they share is
// parsed and checked once. A registered catalogue, and the examples register one, holds throughout a program, so each of
// those is one of its own. Ends with 1 if any of them has an error.

import { spawn } from "node:child_process";
import { createRequire } from "node:module";

const PROGRAMS = [
  ".config/tsconfig.packages.json",
  "examples",
  "packages/claviger/test/registered",
  "packages/http/test/registered",
  ".config",
];
const AT_ONCE = 2;

const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const waiting = PROGRAMS.values();
await Promise.all(Array.from({ length: AT_ONCE }, checkWaiting));

async function checkWaiting() {
  for (const program of waiting) if ((await check(program)) !== 0) process.exitCode = 1;
}

/** @param {string} program @returns {Promise<number | null>} the compiler's exit code, null after a signal */
function check(program) {
  const child = spawn(process.execPath, [compiler, "--noEmit", "-p", program], {
    cwd: new URL("..", import.meta.url),
    stdio: "inherit",
  });
  return new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
}
