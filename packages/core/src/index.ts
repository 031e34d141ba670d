export { canonicalJson } from "./audit/canonical-json.js";
export { bodyHashOf, headAfter, isHash, linkOf } from "./audit/chain.js";
export type { ChainDamage } from "./audit/chain-damage.js";
export { type CloudEvent, cloudEventOf } from "./audit/cloud-event.js";
export { erasedEvent } from "./audit/erased-event.js";
export { purgedBefore } from "./audit/purged-before.js";
export { type ChainHead, checkSeal, type KeptHead, type Seal, sealOf } from "./audit/seal.js";
export { treeHash } from "./audit/tree-hash.js";
export { type ChainEvidence, type ChainReport, verifyChain } from "./audit/verify-chain.js";
export { parseVerifyInput, type VerifyTerms } from "./audit/verify-input.js";
export {
  DEFAULT_LIFETIME_MS,
  DEFAULT_MAX_KEYS_PER_OWNER,
  DEFAULT_MAX_LIFETIME_MS,
  DEFAULT_OVERLAP_MS,
  DEFAULT_PAGE_SIZE,
  MAX_CIDRS,
  MAX_DURATION_MS,
  MAX_ID_ATTEMPTS,
  MAX_KEYS_PER_OWNER,
  MAX_LIMIT,
  MAX_LIMITS,
  MAX_METADATA_BYTES,
  MAX_METADATA_DEPTH,
  MAX_NAME_LENGTH,
  MAX_OVERLAP_MS,
  MAX_OWNER_LENGTH,
  MAX_PAGE_SIZE,
  MAX_PERIOD_MS,
  MAX_PREFIX_LENGTH,
  MAX_RATE_PER_MS,
  MAX_REASON_LENGTH,
  MAX_RESOURCE_KIND_LENGTH,
  MAX_RESOURCE_KINDS,
  MAX_RESOURCE_LENGTH,
  MAX_RESOURCES,
  MAX_RESOURCES_BYTES,
  MAX_SCOPE_LENGTH,
  MAX_SCOPE_SEGMENTS,
  MAX_SCOPES,
  MAX_SEARCH_LENGTH,
  MAX_SWAP_ATTEMPTS,
  MAX_TENANT_LENGTH,
  MAX_TIME_MS,
  MAX_TOKEN_LENGTH,
  MAX_USAGE_NAME_LENGTH,
  MIN_PEPPER_BYTES,
  MIN_PREFIX_LENGTH,
} from "./bounds.js";
export type { Pepper } from "./digest/pepper.js";
export { createPepperRing, type DigestScheme, type PepperRing } from "./digest/pepper-ring.js";
export type { StoredDigest } from "./digest/stored-digest.js";
export { ClavigerError, type ErrorCode, type ErrorFields } from "./errors.js";
export type { AuditEvent, ChainLink, EventBody } from "./event/audit-event.js";
export { formatEventCursor, parseEventCursor } from "./event/event-cursor.js";
export { parseEventListInput } from "./event/event-list-input.js";
export type {
  ChainAnchor,
  ChainPage,
  ChainQuery,
  EventPage,
  EventPosition,
  EventQuery,
  EventRef,
  FeedPage,
  KeyChain,
  PurgeQuery,
  PurgeResult,
} from "./event/event-query.js";
export { parseEventRef } from "./event/event-ref-input.js";
export { CHANGE_TYPES, EVENT_TYPES, type EventType, isChangeType, isEventType } from "./event/event-types.js";
export { type FeedRequest, parseFeedInput } from "./event/feed-input.js";
export type { ChangeEvent, ChangeType, NoteEvent, NoteType, ObservationType } from "./event/key-event.js";
export { parsePurgeTime } from "./event/purge-input.js";
export type { OwnerEvent, SettingsEvent } from "./event/tenant-event.js";
export { unknownPosition } from "./event/unknown-position.js";
export type { ApiKey, Rotation } from "./key/api-key.js";
export { type Issuance, type KeyDraft, newKey, parseKeyDraft } from "./key/create-key.js";
export { parseOwner, parseTenant } from "./key/key-fields.js";
export type { KeyEntry, KeyRecord, RotationRecord, StoredKey, Tombstone, UsedKeyRecord } from "./key/key-record.js";
export { isKeyState, type KeyState, type KeyStatus, type ListedStatus } from "./key/key-state.js";
export { foldText, searchText } from "./key/search-text.js";
export { toApiKey } from "./key/to-api-key.js";
export { type KeyPatch, parseKeyPatch, updateKey } from "./key/update-key.js";
export {
  type ChangeTerms,
  parseActOptions,
  parseChangeOptions,
  parseRevokeOptions,
  parseRotateOptions,
  type RevokeTerms,
  type RotateTerms,
} from "./lifecycle/act-options.js";
export { changeState, type StateAct } from "./lifecycle/change-state.js";
export { type Expiry, expiryTime } from "./lifecycle/expiry.js";
export { notFound, versionConflict } from "./lifecycle/refusals.js";
export {
  cancelRotation,
  finishRotation,
  liveRotation,
  type RotationPlan,
  startRotation,
} from "./lifecycle/rotation.js";
export { statusAt } from "./lifecycle/status.js";
export type { Step, Write } from "./lifecycle/step.js";
export { type Act, type Outcome, outcomeOf } from "./lifecycle/transitions.js";
export { chargedMeter, unitsThatFit } from "./limits/apply-charge.js";
export { type AppliedCharges, applyCharges, shiftCharges } from "./limits/apply-charges.js";
export { applyRefund } from "./limits/apply-refund.js";
export { carriedMeters, carryOver, changedPeriods, type LimitChange } from "./limits/carry-over.js";
export type { Charge, GcraCharge, GcraRefund, Meter, Refund, WindowCharge, WindowRefund } from "./limits/charge.js";
export { chargeAtOnce, chargeResult } from "./limits/charge-result.js";
export { chargesFor } from "./limits/charges-for.js";
export { judgeLimits, type LimitJudgement, type LimitRefusal, limitStates } from "./limits/judge-limits.js";
export type { CreditsLimit, Limit, LimitInput, LimitState, QuotaLimit, RateLimit } from "./limits/limit.js";
export { gcraMeter, windowMeter } from "./limits/new-meter.js";
export { refundsFor } from "./limits/refunds-for.js";
export type { SharedLimits } from "./limits/shared-limits.js";
export { resultOfUnits } from "./limits/unit-result.js";
export { formatCursor, parseCursor } from "./list/cursor.js";
export { parseListInput } from "./list/list-input.js";
export { addressBlock } from "./restriction/address-block.js";
export { permits } from "./restriction/permits.js";
export type { AllowDeny, Restrictions } from "./restriction/restrictions.js";
export { anyScopes } from "./scope/any-scopes.js";
export type { ScopeCatalogue } from "./scope/catalogue.js";
export { type DefineScopesOptions, defineScopes } from "./scope/define-scopes.js";
export { isGrant, isScope } from "./scope/grammar.js";
export type { Grant } from "./scope/grant-type.js";
export type { ScopeDefinition, ScopesOf } from "./scope/scope-definition.js";
export { settingsOption } from "./settings/parse-settings.js";
export type { Settings, SettingsInput } from "./settings/settings.js";
export { sharedLimits } from "./settings/shared-limits.js";
export { isTenantEnabled } from "./settings/tenant-enabled.js";
export type { OwnSettings, TenantSettings } from "./settings/tenant-settings.js";
export {
  parseSettingsOptions,
  parseSettingsPatch,
  type SettingsChange,
  type SettingsStep,
  updateSettings,
} from "./settings/update-settings.js";
export type { EventLog } from "./store/event-log.js";
export type { InsertResult, KeyStore, OwnerCap, ReplaceResult } from "./store/key-store.js";
export type { ListPage, ListPosition, ListQuery } from "./store/list-query.js";
export type {
  ChargeAtOnce,
  ChargeRequest,
  ChargeResult,
  Consume,
  ConsumeIfUnchanged,
  FoundCharge,
  MeterStore,
  RefundRequest,
  SharedCharges,
} from "./store/meter-store.js";
export type { OwnerRef, OwnerResult, OwnerStanding, OwnerStore } from "./store/owner-store.js";
export { PartialFault } from "./store/partial-fault.js";
export type { SettingsResult, SettingsStore } from "./store/settings-store.js";
export type { Signal, SignalListener, SignalSource, StopWatching } from "./store/signal.js";
export type { Store } from "./store/store.js";
export type { StoreCapabilities } from "./store/store-capabilities.js";
export type { UsageStore } from "./store/usage-store.js";
export { withAtOnce } from "./store/with-at-once.js";
export { withIfUnchanged } from "./store/with-if-unchanged.js";
export { isKeyId } from "./token/key-id.js";
export {
  idOf,
  idStart,
  isPrefixOf,
  isToken,
  mayBeToken,
  type ParsedToken,
  parseToken,
  tryParseToken,
} from "./token/parse-token.js";
export { isPrefix, prefixOption } from "./token/prefix.js";
export { drawBase62, type RandomSource } from "./token/random.js";
export { redactTokens } from "./token/redact.js";
export { formatToken, generateId, generateToken } from "./token/token.js";
export { ID_LENGTH } from "./token/token-shape.js";
export { clientName } from "./usage/client-name.js";
export { mergeUsage } from "./usage/merge-usage.js";
export type { KeyUsage, Sighting, UsageCount, UsageOutcome, UsageQuery, UsageRecord } from "./usage/usage.js";
export { type UsageSettings, usageOption } from "./usage/usage-option.js";
export { parseUsageRange } from "./usage/usage-range.js";
export { boundedCache } from "./value/bounded-cache.js";
export { type Duration, duration, durationMs } from "./value/duration.js";
export { deepFreeze } from "./value/freeze.js";
export { listOf, onlyOf } from "./value/lists.js";
export type { JsonValue, Metadata } from "./value/metadata.js";
export { ownText } from "./value/own-text.js";
export { fields, parseInput, parseOption } from "./value/parse-input.js";
export { plainMaker } from "./value/plain-maker.js";
export { describeKind, describeValue, invalidInput } from "./value/refuse.js";
export { isStorable } from "./value/text.js";
export type { TimeInput } from "./value/time.js";
export { unreachable } from "./value/unreachable.js";
export { wholeNumber } from "./value/whole-number.js";
export { decide } from "./verify/decide.js";
export type { Gates } from "./verify/gates.js";
export { BY_CURRENT_SECRET, type Identity, identify, type KnownIdentity, stillMatches } from "./verify/identify.js";
export { type CheckedRequest, type RequestProblem, readVerifyRequest } from "./verify/read-verify-request.js";
export { limitsOf, ReadyKey, statusOf, viewOf } from "./verify/ready-key.js";
export { isRecognised, recogniseBy } from "./verify/recognise.js";
export type { Accepted, DenialCode, Denied, Verdict } from "./verify/verdict.js";
export type { VerifyRequest } from "./verify/verify-request.js";
