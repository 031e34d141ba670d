/**
 * Thrown by a method that takes several requests at once, where it has answered some of them and failed on others. Who
 * asked for what was answered is given that; who asked for the rest meets the cause.
 */
export class PartialFault<Answer> extends Error {
  /** One entry a request, in the order given; undefined: that one failed. */
  readonly answers: readonly (Answer | undefined)[];

  /** @param cause why the others failed, or the first of them did */
  constructor(answers: readonly (Answer | undefined)[], cause: unknown) {
    super(`${answers.filter((answer) => answer === undefined).length} of ${answers.length} requests failed`, { cause });
    this.name = "PartialFault";
    this.answers = answers;
  }
}
