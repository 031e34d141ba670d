import { openNeonStandIn } from "./neon-stand-in.js";
import { testStoreThrough } from "./store-suite.js";

// An application may have told its driver to give rows as arrays; the store says what it wants.
testStoreThrough("Neon's neon()", () => openNeonStandIn({ arrayMode: true }));
