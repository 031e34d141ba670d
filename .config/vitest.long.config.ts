import { vitestConfig } from "./vitest.base.js";

export default vitestConfig({ long: true, propertyRuns: 2_000, seed: "random", testTimeoutMs: 900_000 });
