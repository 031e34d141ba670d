import type { ObservationEvent } from "../event/key-event.js";

export interface EventLog {
  /** Records what is no change of a key. An event whose id is there already is left as it is. */
  append(events: readonly ObservationEvent[]): Promise<void>;
}
