import { type OwnerEvent, parseActOptions, parseOwner } from "@claviger/core";
import { eventId, eventOf } from "../events/event-of.js";
import type { Shell } from "../shell.js";
import type { OwnerManager, OwnerStatus } from "./owner-manager.js";

/** The owners of one tenant. What is changed here this process's own gates forget, whatever came of it. */
export function createOwnerManager(shell: Shell, tenant: string): OwnerManager {
  const { store } = shell;

  async function read(owner: string): Promise<OwnerStatus> {
    const [standing] = await store.owners.read([{ tenant, owner }]);
    return { owner, suspendedAt: standing?.suspendedAt ?? null };
  }

  function switchOf<Type extends OwnerEvent["type"]>(type: Type, owner: string, options: unknown): OwnerEvent<Type> {
    const terms = parseActOptions(options);
    return eventOf({ type, tenant, owner, data: {} }, terms, eventId(shell.random), shell.clock());
  }

  async function forgettingOf<Result>(owner: string, act: () => Promise<Result>): Promise<Result> {
    try {
      return await act();
    } finally {
      // Also where the reply was lost: the write may have taken place.
      shell.gates.hear({ kind: "owner", tenant, owner });
    }
  }

  return {
    get: async (name) => read(parseOwner(name)),
    async suspend(name, options) {
      const owner = parseOwner(name);
      const event = switchOf("owner.suspended", owner, options);
      return forgettingOf(owner, async () => {
        const { outcome } = await store.owners.suspend(event);
        return outcome === "changed" ? { owner, suspendedAt: event.at } : read(owner);
      });
    },
    async resume(name, options) {
      const owner = parseOwner(name);
      const event = switchOf("owner.resumed", owner, options);
      return forgettingOf(owner, async () => {
        await store.owners.resume(event);
        return { owner, suspendedAt: null };
      });
    },
  };
}
