// node .ci/with-pnpm.mjs SCRIPT [ARGUMENT…]: installs what the repository needs with the pnpm that package.json names,
// then runs the root script with the arguments and ends with its exit code. Needs Node and npm, nothing else.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";

const root = new URL("..", import.meta.url);
const { packageManager } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));

const installed = await pnpm("install", "--frozen-lockfile");
process.exitCode = installed === 0 ? await pnpm("--silent", "run", ...process.argv.slice(2)) : installed;

/** @param {string[]} args @returns {Promise<number>} the exit code; after a signal 128 + its number, as in a shell */
function pnpm(...args) {
  // npx.cmd on Windows starts in a shell only.
  const child = spawn("npx", ["--yes", packageManager, ...args], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  // Ctrl-C reaches the child too, and it is the child that decides how to end.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]));
  });
}
