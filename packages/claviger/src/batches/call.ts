/** A call that waits for its answer. A class: see `plainMaker` of core. */
export class Call<Ask, Answer> {
  readonly ask: Ask;
  /** What it is about. */
  readonly subject: string;
  /** By the ticker. */
  readonly arrivedAt: number;
  readonly resolve: (answers: readonly Answer[]) => void;
  readonly reject: (error: unknown) => void;

  constructor(
    ask: Ask,
    subject: string,
    arrivedAt: number,
    resolve: (answers: readonly Answer[]) => void,
    reject: (error: unknown) => void,
  ) {
    this.ask = ask;
    this.subject = subject;
    this.arrivedAt = arrivedAt;
    this.resolve = resolve;
    this.reject = reject;
  }
}

/** What calls are about. */
export function subjectsOf(calls: readonly { readonly subject: string }[]): ReadonlySet<string> {
  return new Set(calls.map(({ subject }) => subject));
}
