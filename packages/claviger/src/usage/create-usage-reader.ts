import { deepFreeze, notFound, parseUsageRange, type Sighting } from "@claviger/core";
import type { Shell } from "../shell.js";
import { checkedId } from "../verbs/change.js";
import type { Seen, UsageReader } from "./usage-reader.js";

export function createUsageReader(shell: Shell, tenant: string): UsageReader {
  return Object.freeze({
    async get(id, range) {
      const keyId = checkedId(id);
      const hours = parseUsageRange(range, shell.clock());
      const [[key], [usage]] = await Promise.all([
        shell.store.find([keyId], tenant),
        shell.store.usage({ tenant, keyIds: [keyId], ...hours }),
      ]);
      if (key === undefined || key.state === "destroyed") throw notFound(keyId);
      const { lastUsedAt = null, counts = [], sightings = [] } = usage ?? {};
      const secrets = seen(sightings, "secret").map(({ name, ...span }) => {
        const version = Number(name);
        return { version, isCurrent: version === key.secretVersion, ...span };
      });
      return deepFreeze({
        keyId,
        lastUsedAt,
        secrets: secrets.sort((one, other) => one.version - other.version),
        counts: counts.map((count) => ({ ...count })),
        scopes: seen(sightings, "scope"),
        clients: seen(sightings, "client"),
      });
    },
  } satisfies UsageReader);
}

function seen(sightings: readonly Sighting[], kind: Sighting["kind"]): readonly Seen[] {
  return sightings
    .filter((sighting) => sighting.kind === kind)
    .map(({ name, firstAt, lastAt }) => ({ name, firstAt, lastAt }));
}
