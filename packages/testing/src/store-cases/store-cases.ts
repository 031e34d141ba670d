import { appendOnce } from "./append-once.js";
import { capabilities } from "./capabilities.js";
import { closeTwice } from "./close-twice.js";
import { consumeAllOrNothing } from "./consume-all-or-nothing.js";
import { consumeGcra } from "./consume-gcra.js";
import { consumeInOrder } from "./consume-in-order.js";
import { consumeLikeCore } from "./consume-like-core.js";
import { consumeRace } from "./consume-race.js";
import { consumeUnits } from "./consume-units.js";
import { consumeWindow } from "./consume-window.js";
import { copies } from "./copies.js";
import { findHostileIds } from "./find-hostile-ids.js";
import { findInOrder } from "./find-in-order.js";
import { findInTenant } from "./find-in-tenant.js";
import { insertAtBounds } from "./insert-at-bounds.js";
import { insertCap } from "./insert-cap.js";
import { insertCapLateExtension } from "./insert-cap-late-extension.js";
import { insertCapRace } from "./insert-cap-race.js";
import { insertDuplicate } from "./insert-duplicate.js";
import { insertIdRace } from "./insert-id-race.js";
import { insertIdempotent } from "./insert-idempotent.js";
import { insertRoundTrip } from "./insert-round-trip.js";
import { listFilters } from "./list-filters.js";
import { listOrder } from "./list-order.js";
import { listPages } from "./list-pages.js";
import { listStableWalk } from "./list-stable-walk.js";
import { replaceIdempotent } from "./replace-idempotent.js";
import { replaceRace } from "./replace-race.js";
import { replaceSwap } from "./replace-swap.js";
import { replaceWithTombstone } from "./replace-with-tombstone.js";
import type { StoreSuite } from "./store-suite.js";

const CASES: readonly ((suite: StoreSuite) => void)[] = [
  capabilities,
  findInOrder,
  findInTenant,
  findHostileIds,
  insertRoundTrip,
  insertAtBounds,
  insertDuplicate,
  insertIdempotent,
  insertCap,
  insertCapLateExtension,
  insertCapRace,
  insertIdRace,
  replaceSwap,
  replaceIdempotent,
  replaceRace,
  replaceWithTombstone,
  listOrder,
  listPages,
  listFilters,
  listStableWalk,
  consumeGcra,
  consumeWindow,
  consumeAllOrNothing,
  consumeUnits,
  consumeInOrder,
  consumeLikeCore,
  consumeRace,
  appendOnce,
  copies,
  closeTwice,
];

/** Everything that a store must do, one behaviour a case. */
export function storeCases(name: string, suite: StoreSuite): void {
  suite.describe(`${name} keeps what the port to a store promises`, () => {
    for (const addCase of CASES) addCase(suite);
  });
}
