import type { AuditEvent, EventType, NoteEvent } from "@claviger/core";

/** The signal of the store is heard no more, or again. */
export interface WatchEvent<Type extends "watch_lost" | "watch_restored" = "watch_lost" | "watch_restored"> {
  readonly type: Type;
  /** Epoch ms. */
  readonly at: number;
  /** Of `watch_lost`: why, in words for a person, where the store knows it. */
  readonly cause?: string;
}

/** What should have been recorded, and could not be. */
export interface LostEvent {
  readonly type: "event_lost";
  /** Epoch ms. */
  readonly at: number;
  /** As it would have been in the log; its `id` is empty where there was no randomness for one. */
  readonly event: NoteEvent;
}

/** Verifies whose use of a key was not noted, or not wholly: more keys were used than there is room for, or the store could not be written to. */
export interface UsageDroppedEvent {
  readonly type: "usage_dropped";
  /** Epoch ms. */
  readonly at: number;
  /** How many since this was last told. */
  readonly verifies: number;
}

/** What happened to this process rather than to the data; in no log. */
export type ProcessEvent = WatchEvent | LostEvent | UsageDroppedEvent;

/** Every type that `keyring.events.on` knows. */
export type HeardType = EventType | ProcessEvent["type"];

/** What a handler of a type gets. */
export type HeardEvent<Type extends HeardType> = Type extends LostEvent["type"]
  ? LostEvent
  : Type extends UsageDroppedEvent["type"]
    ? UsageDroppedEvent
    : Type extends WatchEvent["type"]
      ? WatchEvent<Type>
      : AuditEvent<Type>;

/** Called with each event of a type. What it returns is not waited for. */
export type EventHandler<Type extends HeardType> = (event: HeardEvent<Type>) => void;

/** Tells handlers in this process what it did, once it is committed. */
export interface EventHub {
  /** Never throws. */
  emit(event: AuditEvent<HeardType> | ProcessEvent): void;
  /**
   * Calls the handler with every event of a type from now on.
   *
   * @returns what ends it; no event comes after it was called
   * @throws TypeError there is no such type, or the handler is no function
   */
  on<Type extends HeardType>(type: Type, handler: EventHandler<Type>): () => void;
}
