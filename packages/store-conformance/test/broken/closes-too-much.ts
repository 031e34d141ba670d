import type { Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import type { BrokenStore } from "./broken-store.js";

/** Stores that share one connection, which the first to close ends. */
function sharing(): () => Store {
  let ended = false;
  return () => {
    const inner = memoryStore();
    return {
      ...inner,
      find: async (ids, tenant) => {
        if (ended) throw new Error("the connection has ended");
        return inner.find(ids, tenant);
      },
      close: async () => {
        ended = true;
      },
    };
  };
}

function closingOnce(): Store {
  let closed = false;
  return {
    ...memoryStore(),
    close: async () => {
      if (closed) throw new Error("closed already");
      closed = true;
    },
  };
}

export const closesTooMuch: readonly BrokenStore[] = [
  {
    fault: "closes the client that it was given, which others use",
    create: sharing(),
    caughtBy: ["close is idempotent, also while it closes, and closes no other store"],
  },
  {
    fault: "cannot be closed twice",
    create: closingOnce,
    caughtBy: ["close is idempotent, also while it closes, and closes no other store"],
  },
];
