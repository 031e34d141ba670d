import { atOnceWrong } from "./at-once-wrong.js";
import { batchesCut } from "./batches-cut.js";
import type { BrokenStore } from "./broken-store.js";
import { buffersUsage } from "./buffers-usage.js";
import { capMiscounted } from "./cap-miscounted.js";
import { capabilitiesWrong } from "./capabilities-wrong.js";
import { caseFolded } from "./case-folded.js";
import { chainsWrong } from "./chains-wrong.js";
import { changesArguments } from "./changes-arguments.js";
import { chargesMisapplied } from "./charges-misapplied.js";
import { checkThenConsume } from "./check-then-consume.js";
import { checkThenInsert } from "./check-then-insert.js";
import { checkThenReplace } from "./check-then-replace.js";
import { classInstances } from "./class-instances.js";
import { closesTooMuch } from "./closes-too-much.js";
import { erasesWrong } from "./erases-wrong.js";
import { eventAfterWrite } from "./event-after-write.js";
import { eventBeforeWrite } from "./event-before-write.js";
import { eventForgotten } from "./event-forgotten.js";
import { eventsMisread } from "./events-misread.js";
import { feedWrong } from "./feed-wrong.js";
import { findByStaleIndex } from "./find-by-stale-index.js";
import { findDisordered } from "./find-disordered.js";
import { forgottenField } from "./forgotten-field.js";
import { forgottenTenantInKeys } from "./forgotten-tenant/in-keys.js";
import { forgottenTenantInRecords } from "./forgotten-tenant/in-records.js";
import { handlesCache } from "./handles-cache.js";
import { handsOutKeys } from "./hands-out-keys.js";
import { handsOutMeters } from "./hands-out-meters.js";
import { handsOutRecords } from "./hands-out-records.js";
import { ifUnchangedWrong } from "./if-unchanged-wrong.js";
import { keepsGivenEvents } from "./keeps-given-events.js";
import { keepsGivenKeys } from "./keeps-given-keys.js";
import { keepsGivenSettings } from "./keeps-given-settings.js";
import { keepsGivenUsage } from "./keeps-given-usage.js";
import { keysMisstored } from "./keys-misstored.js";
import { listWrong } from "./list-wrong.js";
import { listsLagUndeclared } from "./lists-lag-undeclared.js";
import { looksCost } from "./looks-cost.js";
import { mergedMetadata } from "./merged-metadata.js";
import { meterClockWrong } from "./meter-clock-wrong.js";
import { ownersWrong } from "./owners-wrong.js";
import { placeGivenAway } from "./place-given-away.js";
import { purgesWrong } from "./purges-wrong.js";
import { readModifyWriteUsage } from "./read-modify-write-usage.js";
import { refundsWrong } from "./refunds-wrong.js";
import { settingsWrong } from "./settings-wrong.js";
import { sharedWrong } from "./shared-wrong.js";
import { signalsWrong } from "./signals-wrong.js";
import { spendsOnRefusal } from "./spends-on-refusal.js";
import { staleConflict } from "./stale-conflict.js";
import { swallowedConflict } from "./swallowed-conflict.js";
import { tombstoneIncomplete } from "./tombstone-incomplete.js";
import { upsert } from "./upsert.js";
import { usageMisread } from "./usage-misread.js";
import { usageMisrecorded } from "./usage-misrecorded.js";
import { writeIdIgnored } from "./write-id-ignored.js";
import { writeIdsMistaken } from "./write-ids-mistaken.js";

export const BROKEN_STORES: readonly BrokenStore[] = [
  buffersUsage,
  changesArguments,
  checkThenConsume,
  checkThenInsert,
  checkThenReplace,
  eventAfterWrite,
  eventBeforeWrite,
  findByStaleIndex,
  forgottenField,
  handsOutKeys,
  handsOutMeters,
  handsOutRecords,
  keepsGivenEvents,
  keepsGivenKeys,
  keepsGivenSettings,
  keepsGivenUsage,
  listsLagUndeclared,
  mergedMetadata,
  placeGivenAway,
  readModifyWriteUsage,
  spendsOnRefusal,
  staleConflict,
  swallowedConflict,
  upsert,
  ...atOnceWrong,
  ...ifUnchangedWrong,
  ...batchesCut,
  ...capMiscounted,
  ...capabilitiesWrong,
  ...caseFolded,
  ...chainsWrong,
  ...chargesMisapplied,
  ...classInstances,
  ...closesTooMuch,
  ...erasesWrong,
  ...eventForgotten,
  ...eventsMisread,
  ...feedWrong,
  ...findDisordered,
  ...forgottenTenantInKeys,
  ...forgottenTenantInRecords,
  ...handlesCache,
  ...keysMisstored,
  ...listWrong,
  ...looksCost,
  ...meterClockWrong,
  ...ownersWrong,
  ...purgesWrong,
  ...refundsWrong,
  ...settingsWrong,
  ...sharedWrong,
  ...signalsWrong,
  ...tombstoneIncomplete,
  ...usageMisread,
  ...usageMisrecorded,
  ...writeIdIgnored,
  ...writeIdsMistaken,
];
