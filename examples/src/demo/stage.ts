import type { Keyring, RegisteredScope } from "claviger";
import type { Client } from "./client.js";
import { messageOf } from "./message-of.js";
import type { Narrator } from "./narrator.js";

/** What a step of the story works with. */
export interface Stage {
  /** Management happens inside the service: no route of the API leads to it. */
  readonly keyring: Keyring<RegisteredScope>;
  /** Clients know the API over HTTP only. */
  readonly client: Client;
  readonly tell: Narrator;
  /** How often the service has asked its store for anything. */
  readonly storeCalls: () => number;
  /** Resolves after so many milliseconds by the keyring's clock. */
  readonly wait: (ms: number) => Promise<void>;
  /** Aborted when the story is to stop early. */
  readonly signal: AbortSignal;
}

/** What a step promised did not happen. */
class BrokenPromise extends Error {
  override readonly name = "BrokenPromise";
}

/** A step was not as promised, or could not be played at all; then `cause` says why. */
export class StepFailed extends Error {
  override readonly name = "StepFailed";
  constructor(
    readonly step: string,
    cause: unknown,
  ) {
    super(`“${step}”: ${messageOf(cause)}`, { cause });
  }
}

/** Plays one step. @throws StepFailed naming it */
export async function step<T>({ tell, signal }: Stage, title: string, play: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  tell.step(title);
  try {
    return await play();
  } catch (cause) {
    signal.throwIfAborted();
    if (!(cause instanceof BrokenPromise)) tell.broken(`the step could not be played: ${messageOf(cause)}`);
    throw new StepFailed(title, cause);
  }
}

/** Says what a step shows, if it does. */
export function show({ tell }: Stage, fact: string, isSo: boolean): void {
  if (isSo) {
    tell.shown(fact);
    return;
  }
  tell.broken(fact);
  throw new BrokenPromise(`not so: ${fact}`);
}
