import type { SignalListener } from "@claviger/core";
import type { EventHub } from "../events/event-hub.js";

/**
 * Tells the hub when the signal of the store is lost, and when it is back: once for each change, however often the store
 * says so.
 *
 * @param clock epoch ms
 */
export function reportWatch(hub: EventHub, clock: () => number): SignalListener {
  let lost = false;

  // A store of anyone's making may give anything for a cause.
  function report(type: "watch_lost" | "watch_restored", cause?: unknown): void {
    lost = type === "watch_lost";
    try {
      hub.emit({ type, at: clock(), ...(typeof cause === "string" && { cause }) });
    } catch {
      // A clock that gives no time stops every verb; whoever gave the signal is not to be stopped by it too.
    }
  }

  return (signal) => {
    if (signal.kind === "lost" && !lost) report("watch_lost", signal.cause);
    if (signal.kind === "hearing" && lost) report("watch_restored");
  };
}
