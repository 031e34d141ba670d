import { fork } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ProcessEntry } from "../suite.js";
import { linkTo, type Worker } from "./worker-link.js";

/** Opening a store, or one act, that takes so long hangs. */
const PATIENCE_MS = 60_000;

/**
 * Starts a process that opens the store and waits for acts. It ends with {@link Worker.end}, and with this process,
 * however that goes.
 *
 * @param patienceMs how long it may take to open, or to answer, before it counts as hung and is killed
 * @throws Error the process ended, or hung, before its store was open: with what it wrote to stderr. Acts reject alike.
 */
export async function openWorker(entry: ProcessEntry, patienceMs: number = PATIENCE_MS): Promise<Worker> {
  const child = fork(workerFile(), [entry.module.href, entry.argument], {
    execArgv: [...(entry.execArgv ?? [])],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "advanced",
  });
  const { ready, worker } = linkTo(child, entry.module, patienceMs);
  await ready;
  return worker;
}

// Beside this file there is a worker in every form in which this file comes: TypeScript, ES module and CommonJS.
function workerFile(): string {
  const here = typeof __filename === "undefined" ? import.meta.url : pathToFileURL(__filename).href;
  return fileURLToPath(new URL(`./worker${extname(here)}`, here));
}
