import { appendOnce } from "./cases/append-once.js";
import { atOnceIsItsOwn } from "./cases/at-once-is-its-own.js";
import { capabilities } from "./cases/capabilities.js";
import { chains } from "./cases/chains.js";
import { changeSeenWithEvent } from "./cases/change-seen-with-event.js";
import { changedKeysUncharged } from "./cases/changed-keys-uncharged.js";
import { close } from "./cases/close.js";
import { consumeAllOrNothing } from "./cases/consume-all-or-nothing.js";
import { consumeAtOnce } from "./cases/consume-at-once.js";
import { consumeGcra } from "./cases/consume-gcra.js";
import { consumeIfUnchanged } from "./cases/consume-if-unchanged.js";
import { consumeInOrder } from "./cases/consume-in-order.js";
import { consumeNothing } from "./cases/consume-nothing.js";
import { consumeShared } from "./cases/consume-shared.js";
import { consumeUnits } from "./cases/consume-units.js";
import { consumeWindow } from "./cases/consume-window.js";
import { consumeWithHandle } from "./cases/consume-with-handle.js";
import { copiesInKeys } from "./cases/copies-in-keys.js";
import { copiesInRecords } from "./cases/copies-in-records.js";
import { copiesOutKeys } from "./cases/copies-out-keys.js";
import { copiesOutRecords } from "./cases/copies-out-records.js";
import { eraseApart } from "./cases/erase-apart.js";
import { eraseEvents } from "./cases/erase-events.js";
import { eventsFilters } from "./cases/events-filters.js";
import { eventsOrder } from "./cases/events-order.js";
import { eventsPages } from "./cases/events-pages.js";
import { eventsRoundTrip } from "./cases/events-round-trip.js";
import { feed } from "./cases/feed.js";
import { feedPositions } from "./cases/feed-positions.js";
import { findHostileIds } from "./cases/find-hostile-ids.js";
import { findInOrder } from "./cases/find-in-order.js";
import { frozenArguments } from "./cases/frozen-arguments.js";
import { gatesAtOnce } from "./cases/gates-at-once.js";
import { handlesAgree } from "./cases/handles-agree.js";
import { heads } from "./cases/heads.js";
import { insertAtBounds } from "./cases/insert-at-bounds.js";
import { insertCap } from "./cases/insert-cap.js";
import { insertCapLateExtension } from "./cases/insert-cap-late-extension.js";
import { insertDuplicate } from "./cases/insert-duplicate.js";
import { insertIdempotent } from "./cases/insert-idempotent.js";
import { insertRoundTrip } from "./cases/insert-round-trip.js";
import { isolationOfKeys } from "./cases/isolation-of-keys.js";
import { isolationOfRecords } from "./cases/isolation-of-records.js";
import { isolationOfUse } from "./cases/isolation-of-use.js";
import { largeBatches } from "./cases/large-batches.js";
import { largeBatchesOfEvents } from "./cases/large-batches-of-events.js";
import { letterCase } from "./cases/letter-case.js";
import { listFilters } from "./cases/list-filters.js";
import { listLargeKeys } from "./cases/list-large-keys.js";
import { listOrder } from "./cases/list-order.js";
import { listPages } from "./cases/list-pages.js";
import { listStableWalk } from "./cases/list-stable-walk.js";
import { listWholeKeys } from "./cases/list-whole-keys.js";
import { listsCurrent } from "./cases/lists-current.js";
import { meterClock } from "./cases/meter-clock.js";
import { ownersIdempotent } from "./cases/owners-idempotent.js";
import { ownersInOrder } from "./cases/owners-in-order.js";
import { ownersSwitch } from "./cases/owners-switch.js";
import { plainResults } from "./cases/plain-results.js";
import { purgeApart } from "./cases/purge-apart.js";
import { purgeEvents } from "./cases/purge-events.js";
import { purgeGoesOn } from "./cases/purge-goes-on.js";
import { recordUsageApart } from "./cases/record-usage-apart.js";
import { recordUsageDropped } from "./cases/record-usage-dropped.js";
import { recordUsageMerge } from "./cases/record-usage-merge.js";
import { refund } from "./cases/refund.js";
import { refundApart } from "./cases/refund-apart.js";
import { refundShared } from "./cases/refund-shared.js";
import { replaceIdempotent } from "./cases/replace-idempotent.js";
import { replaceSwap } from "./cases/replace-swap.js";
import { replaceWithTombstone } from "./cases/replace-with-tombstone.js";
import { settingsGet } from "./cases/settings-get.js";
import { settingsIdempotent } from "./cases/settings-idempotent.js";
import { settingsRoundTrip } from "./cases/settings-round-trip.js";
import { settingsSwap } from "./cases/settings-swap.js";
import { signals } from "./cases/signals.js";
import { signalsEnd } from "./cases/signals-end.js";
import { unicode } from "./cases/unicode.js";
import { usageInOrder } from "./cases/usage-in-order.js";
import { usageRange } from "./cases/usage-range.js";
import { usageRoundTrip } from "./cases/usage-round-trip.js";
import { writeIds } from "./cases/write-ids.js";
import { FAULT_CASES } from "./faults/all-faults.js";
import { MODEL_CASES } from "./model/all-models.js";
import { RACE_CASES } from "./races/all-races.js";
import { consumeIfUnchangedRace } from "./races/consume-if-unchanged-race.js";
import { consumeRace } from "./races/consume-race.js";
import { consumeSharedRace } from "./races/consume-shared-race.js";
import { insertCapRace } from "./races/insert-cap-race.js";
import { insertIdRace } from "./races/insert-id-race.js";
import { replaceRace } from "./races/replace-race.js";
import type { Suite } from "./suite.js";

/**
 * Everything that a store must do, by name: the order is the reader's, but that what reads the feed from its beginning
 * comes while it is short.
 */
export const CASES: Readonly<Record<string, (suite: Suite) => void>> = {
  capabilities,
  feed,
  feedPositions,
  meterClock,
  listsCurrent,
  signals,
  signalsEnd,
  isolationOfKeys,
  isolationOfUse,
  isolationOfRecords,
  copiesInKeys,
  copiesInRecords,
  copiesOutKeys,
  copiesOutRecords,
  frozenArguments,
  plainResults,
  largeBatches,
  largeBatchesOfEvents,
  letterCase,
  handlesAgree,
  findInOrder,
  findHostileIds,
  insertRoundTrip,
  unicode,
  insertAtBounds,
  insertDuplicate,
  insertIdempotent,
  insertCap,
  insertCapLateExtension,
  insertCapRace,
  insertIdRace,
  replaceSwap,
  replaceIdempotent,
  writeIds,
  changeSeenWithEvent,
  replaceRace,
  replaceWithTombstone,
  heads,
  listOrder,
  listPages,
  listFilters,
  listStableWalk,
  listLargeKeys,
  listWholeKeys,
  consumeGcra,
  consumeWindow,
  consumeAllOrNothing,
  consumeUnits,
  consumeInOrder,
  consumeNothing,
  consumeShared,
  consumeAtOnce,
  consumeWithHandle,
  consumeIfUnchanged,
  changedKeysUncharged,
  consumeIfUnchangedRace,
  gatesAtOnce,
  atOnceIsItsOwn,
  consumeRace,
  consumeSharedRace,
  refund,
  refundApart,
  refundShared,
  recordUsageMerge,
  recordUsageDropped,
  recordUsageApart,
  usageInOrder,
  usageRange,
  usageRoundTrip,
  appendOnce,
  eventsRoundTrip,
  eventsOrder,
  eventsPages,
  eventsFilters,
  eraseEvents,
  eraseApart,
  purgeEvents,
  purgeGoesOn,
  purgeApart,
  chains,
  settingsGet,
  settingsSwap,
  settingsIdempotent,
  settingsRoundTrip,
  ownersSwitch,
  ownersIdempotent,
  ownersInOrder,
  close,
  ...RACE_CASES,
  ...MODEL_CASES,
  ...FAULT_CASES,
};
