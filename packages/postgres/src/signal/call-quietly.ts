import { hasMethod } from "../client/has-method.js";

/** Calls a method that may not be there, may throw or reject: what goes wrong with a connection does not end the process. */
export function callQuietly<Name extends string>(target: unknown, name: Name, ...args: readonly unknown[]): void {
  const call = async (): Promise<void> => {
    if (hasMethod(target, name)) await Reflect.apply(target[name], target, args);
  };
  call().catch(() => {});
}
