import type { Suite } from "../suite.js";
import { consumeLikeCore } from "./consume-like-core.js";
import { interleavings } from "./interleavings.js";
import { sequences } from "./sequences.js";

/** What the model must agree with, by name. */
export const MODEL_CASES: Readonly<Record<string, (suite: Suite) => void>> = {
  consumeLikeCore,
  sequences,
  interleavings,
};
