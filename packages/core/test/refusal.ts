import { ClavigerError } from "../src/errors.js";

/** The error with which an act is refused; anything but a `ClavigerError` is a failure of the test. */
export function refusalOf(act: () => unknown): ClavigerError {
  try {
    act();
  } catch (error) {
    if (error instanceof ClavigerError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}
