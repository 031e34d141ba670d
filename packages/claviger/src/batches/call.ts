/** A call that waits for its answer. A class: see `plainMaker` of core. */
export class Call<Ask, Answer> {
  readonly ask: Ask;
  /** Undefined: nothing that others would wait for. */
  readonly holds: string | undefined;
  /** By the ticker. */
  readonly arrivedAt: number;
  readonly resolve: (answers: readonly Answer[]) => void;
  readonly reject: (error: unknown) => void;

  constructor(
    ask: Ask,
    holds: string | undefined,
    arrivedAt: number,
    resolve: (answers: readonly Answer[]) => void,
    reject: (error: unknown) => void,
  ) {
    this.ask = ask;
    this.holds = holds;
    this.arrivedAt = arrivedAt;
    this.resolve = resolve;
    this.reject = reject;
  }
}
