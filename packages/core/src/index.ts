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
export type { AuditEvent } from "./event/audit-event.js";
export type { EventPage, EventPosition, EventQuery } from "./event/event-query.js";
export type {
  ChangeEvent,
  ChangeType,
  KeyEvent,
  ObservationEvent,
  ObservationType,
} from "./event/key-event.js";
export type { OwnerEvent, SettingsEvent } from "./event/tenant-event.js";
export type { ApiKey, Rotation } from "./key/api-key.js";
export { type Issuance, type KeyDraft, newKey, parseKeyDraft } from "./key/create-key.js";
export { parseTenant } from "./key/key-fields.js";
export type { KeyEntry, KeyRecord, RotationRecord, StoredKey, Tombstone, UsedKeyRecord } from "./key/key-record.js";
export { isKeyState, type KeyState, type KeyStatus, type ListedStatus } from "./key/key-state.js";
export { foldText, searchText } from "./key/search-text.js";
export { toApiKey } from "./key/to-api-key.js";
export { type KeyPatch, parseKeyPatch, updateKey } from "./key/update-key.js";
export {
  type ChangeTerms,
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
export { type AppliedCharges, applyCharges, shiftCharges } from "./limits/apply-charges.js";
export type { Charge, GcraCharge, Meter, WindowCharge } from "./limits/charge.js";
export { chargesFor } from "./limits/charges-for.js";
export { judgeLimits, type LimitJudgement, type LimitRefusal } from "./limits/judge-limits.js";
export type { CreditsLimit, Limit, LimitInput, LimitState, QuotaLimit, RateLimit } from "./limits/limit.js";
export { formatCursor, parseCursor } from "./list/cursor.js";
export { parseListInput } from "./list/list-input.js";
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
export type { OwnSettings, TenantSettings } from "./settings/tenant-settings.js";
export type { EventLog } from "./store/event-log.js";
export type { InsertResult, KeyStore, OwnerCap, ReplaceResult } from "./store/key-store.js";
export type { ListPage, ListPosition, ListQuery } from "./store/list-query.js";
export type { ChargeRequest, ChargeResult, MeterStore } from "./store/meter-store.js";
export type { OwnerRef, OwnerResult, OwnerStanding, OwnerStore } from "./store/owner-store.js";
export type { SettingsResult, SettingsStore } from "./store/settings-store.js";
export type { Store } from "./store/store.js";
export type { StoreCapabilities } from "./store/store-capabilities.js";
export type { UsageStore } from "./store/usage-store.js";
export { isKeyId } from "./token/key-id.js";
export { type ParsedToken, parseToken, tryParseToken } from "./token/parse-token.js";
export { isPrefix, prefixOption } from "./token/prefix.js";
export { drawBase62, type RandomSource } from "./token/random.js";
export { redactTokens } from "./token/redact.js";
export { formatToken, generateId, generateToken } from "./token/token.js";
export { mergeUsage } from "./usage/merge-usage.js";
export type { KeyUsage, Sighting, UsageCount, UsageOutcome, UsageQuery, UsageRecord } from "./usage/usage.js";
export { type Duration, duration } from "./value/duration.js";
export { deepFreeze } from "./value/freeze.js";
export type { JsonValue, Metadata } from "./value/metadata.js";
export { fields, parseInput, parseOption } from "./value/parse-input.js";
export { describeKind, describeValue, invalidInput } from "./value/refuse.js";
export { isStorable } from "./value/text.js";
export type { TimeInput } from "./value/time.js";
export { unreachable } from "./value/unreachable.js";
export { type Decision, decide, type Presented } from "./verify/decide.js";
export { type CheckedRequest, type RequestProblem, readVerifyRequest } from "./verify/read-verify-request.js";
export type { Accepted, DenialCode, Denied, Verdict } from "./verify/verdict.js";
export type { VerifyRequest } from "./verify/verify-request.js";
