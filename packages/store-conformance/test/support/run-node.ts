import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));
const LONGEST_MS = 240_000;

export interface NodeRun {
  readonly exitCode: number;
  readonly stdout: string;
}

/** Runs node in this package's folder, on its sources. */
export function runNode(args: readonly string[], env: Readonly<Record<string, string>>): Promise<NodeRun> {
  const options = { cwd: PACKAGE, env: { ...process.env, ...env }, maxBuffer: 2 ** 26, timeout: LONGEST_MS };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ["-C", "source", "--import", "tsx", ...args], options, (error, stdout) => {
      if (error === null) resolve({ exitCode: 0, stdout });
      else if (typeof error.code === "number") resolve({ exitCode: error.code, stdout });
      else reject(error);
    });
  });
}
