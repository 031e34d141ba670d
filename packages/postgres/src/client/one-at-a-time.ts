import type { Sender } from "./client.js";

/** A sender that waits for each answer before it asks again. */
export function oneAtATime(send: Sender): Sender {
  let last: Promise<unknown> = Promise.resolve();
  return (question, values) => {
    const answer = last.then(() => send(question, values));
    last = answer.catch(() => {});
    return answer;
  };
}
