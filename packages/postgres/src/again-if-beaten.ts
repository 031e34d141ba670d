import { codeOf } from "./client/fault.js";

const UNIQUE_VIOLATION = "23505";

/**
 * Does again, once, what adds a row that another adds at the same time. Who came second under one primary key waited for
 * the first, and failed whole; he sees the row when he looks again. If it is the event's id that is taken, by another
 * event, he fails again.
 */
export async function againIfBeaten<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (codeOf(error) !== UNIQUE_VIOLATION) throw error;
    return act();
  }
}
