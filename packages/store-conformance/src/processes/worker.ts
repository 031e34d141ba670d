import { inspect } from "node:util";
import type { Store } from "@claviger/core";
import { callerOver } from "./caller.js";
import type { Reply, Request } from "./messages.js";

// A process of its own, forked with two arguments: the module that opens the store, and what that takes. What goes
// wrong before it is ready ends it, with the reason on stderr.

function send(reply: Reply): void {
  // The parent may be gone: then so is the reader of the reply, and `disconnect` ends this process.
  process.send?.(reply, () => {});
}

async function serve([module = "", argument = ""]: readonly string[]): Promise<void> {
  const { default: open }: { default: (argument: string) => Store | Promise<Store> } = await import(module);
  const act = callerOver(await open(argument));
  process.on("message", (request: Request) => {
    act(request.act).then(
      (answer) => send({ kind: "done", call: request.call, answer }),
      (error: unknown) => send({ kind: "failed", call: request.call, error: inspect(error, { depth: 6 }) }),
    );
  });
  send({ kind: "ready" });
}

process.on("disconnect", () => process.exit(0));
if (process.connected) void serve(process.argv.slice(2));
