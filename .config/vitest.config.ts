import { vitestConfig } from "./vitest.base.js";

export default vitestConfig({ long: false, propertyRuns: 100, testTimeoutMs: 30_000 });
