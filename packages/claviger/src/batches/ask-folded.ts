import { PartialFault } from "@claviger/core";
import { oneEach } from "../store/one-each.js";
import { isPartialFault } from "./partial-fault.js";

/** Several asks, and the fewer requests that stand for them. */
export interface Folded<Request, Answer> {
  readonly requests: readonly Request[];
  /** One an ask, in order. */
  readonly places: readonly Place<Answer>[];
}

/** Which request stands for an ask, and what of its answer is that ask's own. A class: see `plainMaker` of core. */
export class Place<Answer> {
  readonly request: number;
  readonly partOf: (answer: Answer) => Answer;

  constructor(request: number, partOf: (answer: Answer) => Answer) {
    this.request = request;
    this.partOf = partOf;
  }
}

/**
 * Sends what was folded together, and tells the answers apart again.
 *
 * @returns one answer an ask, in order
 * @throws PartialFault with one answer an ask, where the store threw one with one a request; else what the store threw
 * @throws TypeError the store gave more or fewer answers than there were requests
 */
export async function askFolded<Request, Answer>(
  { requests, places }: Folded<Request, Answer>,
  send: (requests: readonly Request[]) => Promise<readonly Answer[]>,
): Promise<readonly Answer[]> {
  try {
    const answers = oneEach("answers", await send(requests), requests.length);
    return places.map(({ request, partOf }) => partOf(answers[request] as Answer));
  } catch (error) {
    if (!isPartialFault<Answer>(error, requests.length)) throw error;
    const answers = places.map(({ request, partOf }) => {
      const answer = error.answers[request];
      return answer === undefined ? undefined : partOf(answer);
    });
    throw new PartialFault(answers, error.cause);
  }
}
