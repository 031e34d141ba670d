/**
 * What work gives, as a promise, however it is given or thrown. Not an async function: each verify that asks a store passes
 * here, and that would cost it one promise more.
 */
export function attempt<Result>(work: () => Result | PromiseLike<Result>): Promise<Result> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error);
  }
}
