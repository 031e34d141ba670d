import { deepFreeze, describeKind, describeValue, isEventType } from "@claviger/core";
import type { EventHandler, EventHub, HeardEvent, HeardType, ProcessEvent } from "./event-hub.js";

const PROCESS_TYPES: ReadonlySet<string> = new Set<ProcessEvent["type"]>([
  "watch_lost",
  "watch_restored",
  "event_lost",
  "usage_dropped",
]);

/**
 * A hub that calls handlers in the order in which they came, each in a microtask of its own. So a handler that throws
 * harms neither the act nor other handlers, and its error is the process's, as that of a listener of Node's `EventTarget`.
 */
export function createEventHub(): EventHub {
  const handlers = new Map<string, Set<(event: unknown) => void>>();

  function on<Type extends HeardType>(type: Type, handler: EventHandler<Type>): () => void {
    if (!isEventType(type) && !PROCESS_TYPES.has(type))
      throw new TypeError(`type must be a type of event; got ${describeValue(type)}`);
    if (typeof handler !== "function") throw new TypeError(`handler must be a function; got ${describeKind(handler)}`);
    const ofType = handlers.get(type) ?? new Set();
    handlers.set(type, ofType);
    // A function of its own, so that a handler that was given twice is called twice, and ended once.
    const call = (event: unknown): void => handler(event as HeardEvent<Type>);
    ofType.add(call);
    return () => void ofType.delete(call);
  }

  return {
    on,
    emit(event) {
      const ofType = handlers.get(event.type);
      if (ofType === undefined || ofType.size === 0) return;
      const shown = deepFreeze(structuredClone(event));
      for (const call of ofType) {
        queueMicrotask(() => {
          if (ofType.has(call)) call(shown);
        });
      }
    },
  };
}
