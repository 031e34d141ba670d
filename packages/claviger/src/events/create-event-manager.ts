import type { Shell } from "../shell.js";
import { eraseEvent } from "./erase-event.js";
import type { EventManager } from "./event-manager.js";
import { listEvents } from "./list-events.js";
import { purgeEvents } from "./purge-events.js";
import { sealEvents } from "./seal-events.js";
import { verifyEvents } from "./verify-events.js";

/** The audit log of one tenant. All are async functions, so that none throws synchronously. */
export function createEventManager(shell: Shell, tenant: string): EventManager {
  return Object.freeze({
    list: async (input) => listEvents(shell, tenant, input),
    erase: async (event, options) => eraseEvent(shell, tenant, event, options),
    verify: async (input) => verifyEvents(shell, tenant, input),
    seal: async (options) => sealEvents(shell, tenant, options),
    purge: async (before, options) => purgeEvents(shell, tenant, before, options),
  } satisfies EventManager);
}
