import { ClavigerError } from "@claviger/core";

/** The error with which a promise is rejected; anything but a `ClavigerError` is a failure of the test. */
export async function rejectionOf(act: () => Promise<unknown>): Promise<ClavigerError> {
  let promise: Promise<unknown>;
  try {
    promise = act();
  } catch (error) {
    throw new Error("it threw synchronously", { cause: error });
  }
  try {
    await promise;
  } catch (error) {
    if (error instanceof ClavigerError) return error;
    throw new Error("it was rejected with something else", { cause: error });
  }
  throw new Error("it was not refused");
}
