import { afterEach, beforeEach, describe, it } from "node:test";
import { storeConformance } from "../../src/store-conformance.js";
import { subject } from "./subject.js";

storeConformance({ ...subject, runner: { describe, it, beforeEach, afterEach } });
