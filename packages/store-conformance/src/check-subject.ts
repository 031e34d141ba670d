import { describeKind, describeValue } from "@claviger/core";
import type { StoreUnderTest } from "./suite.js";

const FUNCTIONS = ["openAnother", "remove"];
const MEMBERS = ["store", "openAnother", "process", "remove"];

/**
 * Looks at all of a subject but its store.
 *
 * @throws TypeError naming the member that there is not, or that is wrong
 */
export function checkSubject(subject: StoreUnderTest): void {
  const unknown = Object.keys(subject).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`a StoreUnderTest has no member ${describeValue(unknown)}; allowed: ${MEMBERS.join(", ")}`);
  }
  for (const name of FUNCTIONS) {
    const given: unknown = Reflect.get(subject, name);
    if (given !== undefined && typeof given !== "function") throw refusal(name, "a function", given);
  }
  if (subject.process !== undefined) checkProcess(subject.process);
}

function checkProcess(given: unknown): void {
  if (typeof given !== "object" || given === null) {
    throw refusal("process", "an object with module and argument", given);
  }
  const [module, argument]: unknown[] = [Reflect.get(given, "module"), Reflect.get(given, "argument")];
  if (!(module instanceof URL)) throw refusal("process.module", "the URL of the module that opens a store", module);
  if (typeof argument !== "string") throw refusal("process.argument", "a text, which the module is given", argument);
}

function refusal(member: string, allowed: string, given: unknown): TypeError {
  return new TypeError(`${member} must be ${allowed}; got ${describeKind(given)}`);
}
