import type { Act, Answer } from "./act.js";

/** To a worker: do this. */
export interface Request {
  /** Unlike any other's; the reply carries it. */
  readonly call: number;
  readonly act: Act;
}

/** From a worker: `ready` once, when its store is open; then one reply a request, in any order. */
export type Reply =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly call: number; readonly answer: Answer }
  /** The act threw; `error` is what it threw, with its causes, as text. */
  | { readonly kind: "failed"; readonly call: number; readonly error: string };
