import type { Fault } from "./fault.js";

/** What a caller of a store under faults meets in the place of a reply. */
export class InjectedFault extends Error {
  override readonly name = "InjectedFault";
  readonly kind: Fault["kind"];
  /** The store said so itself: the call was not made, and may be tried again. */
  readonly retryable: boolean;

  constructor(kind: Fault["kind"], method: string) {
    super(`${method} met an injected fault: ${kind}`);
    this.kind = kind;
    this.retryable = kind === "throttle";
  }
}
