/**
 * What work gives, as a promise, however it is given or thrown. Not an async function: every verify passes here, and most
 * wait for nothing.
 */
export function attempt<Result>(work: () => Result | PromiseLike<Result>): Promise<Result> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error);
  }
}
