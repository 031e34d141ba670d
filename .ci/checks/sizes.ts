import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Check } from "./check.js";
import { root } from "./workspace.js";

/** One line of size-limit's JSON. Bytes. */
interface Size {
  readonly name: string;
  readonly passed: boolean;
  readonly size: number;
  readonly sizeLimit: number;
}

/** What packages weigh, against the limits of .config/size-limit.mjs. */
export const sizes: Check = {
  name: "sizes",
  run() {
    const program = join(root, "node_modules/size-limit/bin.js");
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [program, "--json", "--config", join(root, ".config/size-limit.mjs")],
      { cwd: root, encoding: "utf8" },
    );
    const measured = read(stdout);
    if (measured.length === 0) throw new Error(`size-limit measured nothing: ${stdout}${stderr}`);
    return {
      summary: `gzipped: ${measured.map(({ name, size }) => `${name} ${kB(size)}`).join(", ")}`,
      problems: measured
        .filter(({ passed }) => !passed)
        .map(({ name, size, sizeLimit }) => `packages/${name}: ${kB(size)}, at most ${kB(sizeLimit)}`),
    };
  },
};

/** Nothing where it has failed: then it prints an object, or no JSON. */
function read(stdout: string): readonly Size[] {
  try {
    const measured: unknown = JSON.parse(stdout);
    return Array.isArray(measured) ? measured : [];
  } catch {
    return [];
  }
}

function kB(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}
