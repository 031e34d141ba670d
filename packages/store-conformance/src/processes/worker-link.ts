import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { unreachable } from "@claviger/core";
import type { Answer } from "./act.js";
import type { Caller } from "./caller.js";
import type { Reply } from "./messages.js";

/** A process of its own, with a store of its own over the data of the others. */
export interface Worker {
  readonly call: Caller;
  /** Ends the process. Resolves when it is gone. */
  end(): Promise<void>;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** The call that a process which has just been started has to answer by `ready`. */
const OPENING = 0;

const KEPT_STDERR = 8_000;

/** The requests to a process and its replies. What it cannot answer any more rejects with what it wrote to stderr. */
export function linkTo(
  child: ChildProcess,
  module: URL,
  patienceMs: number,
): { readonly ready: Promise<unknown>; readonly worker: Worker } {
  const waiting = new Map<number, Waiting>();
  let calls = OPENING;
  let stderr = "";
  let trouble: string | undefined;
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-KEPT_STDERR);
  });

  const failure = (what: string): Error => new Error(`the process of ${module.href} ${what}; it wrote:\n${stderr}`);
  const replyTo = (call: number): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        trouble ??= `gave no answer for ${patienceMs} ms`;
        child.kill("SIGKILL");
      }, patienceMs);
      waiting.set(call, { resolve, reject, timer });
    });
  const take = (call: number): Waiting | undefined => {
    const found = waiting.get(call);
    clearTimeout(found?.timer);
    waiting.delete(call);
    return found;
  };

  child.on("message", (reply: Reply) => {
    switch (reply.kind) {
      case "ready":
        return take(OPENING)?.resolve({ outcome: "ok" });
      case "done":
        return take(reply.call)?.resolve(reply.answer);
      case "failed":
        return take(reply.call)?.reject(new Error(`in the process of ${module.href}: ${reply.error}`));
      default:
        return unreachable(reply);
    }
  });

  // Not `close`, which never comes after a disconnect of ours: https://github.com/nodejs/node/issues/19433
  const gone = Promise.all([once(child, "exit"), child.stderr && once(child.stderr, "close")]).then(
    ([[code, signal]]) => signal ?? code,
    (error: Error) => error.message,
  );
  const ended = gone.then((how) => {
    trouble ??= `ended (${how})`;
    for (const call of waiting.keys()) take(call)?.reject(failure(trouble));
  });

  return {
    ready: replyTo(OPENING),
    worker: {
      call(act) {
        if (trouble !== undefined) return Promise.reject(failure(trouble));
        calls += 1;
        const answered = replyTo(calls);
        // Should it not arrive, the process is going: its end rejects the call.
        child.send({ call: calls, act }, () => {});
        return answered;
      },
      async end() {
        if (child.connected) child.disconnect();
        const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs);
        await ended;
        clearTimeout(timer);
      },
    },
  };
}
