import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** `npm run demo` without the part that installs. */
export interface DemoProcess {
  readonly child: ChildProcess;
  /** Resolves when the standard output holds the text; with all of it so far. Rejects when the process ends before. */
  outputWith(text: string): Promise<string>;
  /** Resolves when the process has ended. */
  readonly ended: Promise<{ readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }>;
}

/** @param environment besides what this process has, DATABASE_URL excepted */
export function startDemo(args: readonly string[], environment: { readonly DATABASE_URL?: string } = {}): DemoProcess {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const command = ["--conditions=source", "--import=tsx", "examples/src/demo.ts", ...args];
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    env: { ...inherited, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });

  return {
    child,
    outputWith: (text) =>
      new Promise((resolve, reject) => {
        const look = () => stdout.includes(text) && resolve(stdout);
        child.stdout.on("data", look);
        child.once("close", () => reject(new Error(`the demo ended without “${text}”: ${stderr}`)));
        look();
      }),
    ended: once(child, "close").then(() => ({ exitCode: child.exitCode, stdout, stderr })),
  };
}
