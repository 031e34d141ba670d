import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import type { ProcessEntry } from "../suite.js";
import { openWorker } from "./open-worker.js";

const MEMORY = new URL("../../../memory/src/index.ts", import.meta.url).href;
const SOURCES = ["--import", "tsx", "-C", "source"];

/** A module that exists only as text. `store` is a memoryStore; `argument` is what the worker was given. */
function entryOf(body: string, argument = ""): ProcessEntry {
  const text = `import { memoryStore } from ${JSON.stringify(MEMORY)};
    export default async (argument) => { const store = memoryStore(); ${body} };`;
  return { module: new URL(`data:text/javascript,${encodeURIComponent(text)}`), argument, execArgv: SOURCES };
}

const CREATE = { verb: "create", tenant: "t", input: { owner: "owner", name: "A key" } } as const;

describe("a worker", () => {
  it("acts through a keyring over the store that its module opens, and answers each act in its place", async () => {
    const worker = await openWorker(entryOf("return store"));
    const { issued, outcome } = await worker.call(CREATE);
    expect(outcome).toBe("ok");
    const { id = "", token = "" } = issued ?? {};
    const act = { tenant: "t", id } as const;
    const answers = await Promise.all([
      worker.call({ verb: "verify", token }),
      worker.call({ verb: "rotate", ...act, overlapMs: 1000 }),
      worker.call({ verb: "verify", token: "no token" }),
      worker.call({ verb: "enable", tenant: "another", id }),
    ]);
    expect(answers.map((answer) => answer.outcome)).toEqual(["ok", "ok", "malformed", "not_found"]);
    expect((await worker.call({ verb: "verify", token: answers[1]?.issued?.token ?? "" })).outcome).toBe("ok");
    await worker.end();
    await expect(worker.call(CREATE)).rejects.toThrow("ended (0)");
  });

  it("is told its argument, and what its store throws comes back with its cause", async () => {
    const worker = await openWorker(
      entryOf("return { ...store, insert: async () => { throw new Error('at ' + argument) } }", "some address"),
    );
    await expect(worker.call(CREATE)).rejects.toThrow("at some address");
    await worker.end();
  });

  it("that dies fails the acts under way, with what it wrote to stderr", async () => {
    const worker = await openWorker(
      entryOf(`return { ...store, insert: async () => { console.error("last words"); process.exit(3); } }`),
    );
    await expect(worker.call(CREATE)).rejects.toThrow(/ended \(3\)[\s\S]*last words/);
    await expect(worker.call(CREATE)).rejects.toThrow("last words");
    await worker.end();
  });

  it("that hangs is killed, and says so", async () => {
    const worker = await openWorker(
      entryOf(`return { ...store, insert: () => { console.error("going round"); for (;;); } }`),
      5_000,
    );
    await expect(worker.call(CREATE)).rejects.toThrow(/no answer for 5000 ms[\s\S]*going round/);
    await worker.end();
  });

  it("whose store does not open is no worker: the reason is in the error", async () => {
    await expect(openWorker(entryOf(`throw new Error("no such database")`))).rejects.toThrow("no such database");
    const missing = { module: new URL("./nowhere.js", import.meta.url), argument: "", execArgv: SOURCES };
    await expect(openWorker(missing)).rejects.toThrow("nowhere.js");
  });

  it("does not outlive the process that opened it", async () => {
    const { module } = entryOf("return { ...store, insert: () => { throw new Error('I am ' + process.pid + '.') } }");
    const entry = `{ module: new URL(${JSON.stringify(module.href)}), argument: "", execArgv: ${JSON.stringify(SOURCES)} }`;
    const text = `
      import { openWorker } from ${JSON.stringify(new URL("./open-worker.ts", import.meta.url).href)};
      const worker = await openWorker(${entry});
      await worker.call(${JSON.stringify(CREATE)}).catch(({ message }) => process.send(message));`;
    const parent = spawn(process.execPath, [...SOURCES, "--input-type=module", "--eval", text], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const [message] = await once(parent, "message");
    const pid = Number(/I am (\d+)\./.exec(String(message))?.[1]);
    expect(isAlive(pid)).toBe(true);
    parent.kill("SIGKILL");
    await once(parent, "exit");
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
