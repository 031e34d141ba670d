import { describeKind, describeValue } from "@claviger/core";
import { type KeyringOptions, OPTION_NAMES } from "./options.js";

/** Reads one of the options. @throws TypeError naming it, should looking at it throw */
export type OptionReader = <Name extends keyof KeyringOptions>(name: Name) => KeyringOptions[Name];

/** @throws TypeError what are no options, or hold an unknown one */
export function optionReader(options: KeyringOptions): OptionReader {
  if (typeof options !== "object" || options === null)
    throw new TypeError(`createKeyring takes its options as an object; got ${describeKind(options)}`);
  const unknown = looking("the options of createKeyring", () => Reflect.ownKeys(options)).find(
    (name) => !OPTION_NAMES.some((known) => known === name),
  );
  if (unknown !== undefined)
    throw new TypeError(`createKeyring has no option ${describeValue(unknown)}; allowed: ${OPTION_NAMES.join(", ")}`);
  return (name) => looking(name, () => options[name]);
}

/** What `look` finds. @throws TypeError naming the option, should it throw */
export function looking<T>(option: string, look: () => T): T {
  try {
    return look();
  } catch (cause) {
    throw new TypeError(`${option} could not be read: looking at it threw`, { cause });
  }
}
