import type { SignalListener } from "@claviger/core";
import type { EventHub } from "./events/event-hub.js";

/**
 * Tells the hub when the signal of the store is lost, and when it is back: once for each change, however often the store
 * says so.
 *
 * @param clock epoch ms
 */
export function reportWatch(hub: EventHub, clock: () => number): SignalListener {
  let lost = false;

  function report(type: "watch_lost" | "watch_restored"): void {
    lost = type === "watch_lost";
    try {
      hub.emit({ type, at: clock() });
    } catch {
      // A clock that gives no time stops every verb; whoever gave the signal is not to be stopped by it too.
    }
  }

  return ({ kind }) => {
    if (kind === "lost" && !lost) report("watch_lost");
    if (kind === "hearing" && lost) report("watch_restored");
  };
}
