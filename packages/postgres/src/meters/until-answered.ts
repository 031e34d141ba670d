import { askApart, type Outcome } from "../client/ask-apart.js";

/** One statement about several requests. @returns one answer a request, in order; undefined: it has to be asked again */
export type Ask<Request, Answer> = (requests: readonly Request[]) => Promise<readonly (Answer | undefined)[]>;

const MAX_ATTEMPTS = 5;

/** A request without an answer yet, and its place among all. A class: see `plainMaker` of core. */
class Open<Request> {
  readonly request: Request;
  readonly place: number;

  constructor(request: Request, place: number) {
    this.request = request;
    this.place = place;
  }
}

/**
 * Asks about requests until each is answered or has failed, in turn by the statement that meets them as a rule and by the
 * one that clears their way. What was answered is never asked again. Never rejects.
 *
 * @returns one outcome a request, in the order given
 */
export async function untilAnswered<Request, Answer>(
  requests: readonly Request[],
  ask: Ask<Request, Answer>,
  clear: Ask<Request, Answer>,
): Promise<readonly Outcome<Answer>[]> {
  const outcomes: (Outcome<Answer> | undefined)[] = requests.map(() => undefined);
  let open = requests.map((request, place) => new Open(request, place));
  for (let attempt = 1; open.length > 0 && attempt < 2 * MAX_ATTEMPTS; attempt += 1) {
    const statement = attempt % 2 === 1 ? ask : clear;
    const answered = await askApart(open, (some) => statement(some.map(({ request }) => request)));
    open = open.filter(({ place }, index) => {
      const outcome = answered[index];
      if (outcome === undefined || ("answer" in outcome && outcome.answer === undefined)) return true;
      if ("fault" in outcome) outcomes[place] = outcome;
      else if (outcome.answer !== undefined) outcomes[place] = { answer: outcome.answer };
      return false;
    });
  }
  return outcomes.map(
    (outcome) => outcome ?? { fault: new Error("a key's meters were erased as often as they were made") },
  );
}
