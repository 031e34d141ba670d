import assert from "node:assert/strict";
import { formatToken } from "@claviger/core";
import fc from "fast-check";
import { freshId, freshTenant } from "../samples.js";
import type { Suite } from "../suite.js";
import { underFaults, verdictOf } from "./faulty-world.js";

const WRONG_SECRET = "wrong".padEnd(32, "0");
const asked = fc.array(fc.constantFrom("good", "revoked", "wrong", "unknown"), { minLength: 1, maxLength: 12 });

export function troubleIsNoVerdict(suite: Suite): void {
  underFaults(
    suite,
    "promise 4, under faults: a good key is accepted or nothing is said, and no other is ever accepted",
    asked,
    async ({ sound, faulty }, tokens) => {
      const keys = sound.tenant(freshTenant());
      const limits = [{ name: "plenty", kind: "credits", limit: 1_000 }] as const;
      const good = await keys.create({ owner: "owner", name: "Good", limits });
      const revoked = await keys.create({ owner: "owner", name: "Revoked", limits });
      await keys.revoke(revoked.key.id);
      const told: { readonly [name: string]: { readonly token: string; readonly code: string } } = {
        good: { token: good.token, code: "ok" },
        revoked: { token: revoked.token, code: "revoked" },
        wrong: { token: formatToken("kit_test", good.key.id, WRONG_SECRET), code: "unknown" },
        unknown: { token: formatToken("kit_test", freshId(), WRONG_SECRET), code: "unknown" },
      };
      await Promise.all(
        tokens.map(async (name) => {
          const met = await verdictOf(faulty, told[name]?.token ?? "");
          assert.ok(met === told[name]?.code || met === "store_unavailable", `${name}: ${met}`);
        }),
      );
    },
  );
}
