// Where no catalogue is registered, any text is a scope. A program for tsc: nothing of it runs.
import { expectTypeOf } from "vitest";
import type { RegisteredGrant, RegisteredScope } from "../../src/index.js";

expectTypeOf<RegisteredScope>().toEqualTypeOf<string>();
expectTypeOf<RegisteredGrant>().toEqualTypeOf<string>();
