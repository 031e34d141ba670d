export type {
  Accepted,
  AllowDeny,
  ApiKey,
  AuditEvent,
  ChainAnchor,
  ChainDamage,
  ChainEvidence,
  ChainHead,
  ChainLink,
  ChainReport,
  CloudEvent,
  CreditsLimit,
  DenialCode,
  Denied,
  Duration,
  ErrorCode,
  EventType,
  Grant,
  JsonValue,
  KeptHead,
  KeyChain,
  KeyStatus,
  Limit,
  LimitInput,
  LimitState,
  ListedStatus,
  Metadata,
  Pepper,
  QuotaLimit,
  RandomSource,
  RateLimit,
  Restrictions,
  Rotation,
  ScopeCatalogue,
  Seal,
  SettingsInput,
  Store,
  TimeInput,
  Verdict,
  VerifyRequest,
} from "@claviger/core";
export {
  addressBlock,
  ClavigerError,
  checkSeal,
  defineScopes,
  durationMs,
  isScope,
  parseToken,
  permits,
  purgedBefore,
  redactTokens,
  tryParseToken,
  verifyChain,
} from "@claviger/core";
export { createKeyring } from "./create-keyring.js";
export type { EventHandler, HeardEvent, HeardType, LostEvent, WatchEvent } from "./events/event-hub.js";
export type {
  EventFeedPage,
  EventListInput,
  EventListPage,
  EventManager,
  EventName,
  EventReport,
  EventVerifyInput,
  KeyringEvents,
} from "./events/event-manager.js";
export type {
  ActOptions,
  ChangeOptions,
  CreateInput,
  ExpiryInput,
  IssuedKey,
  KeyManager,
  KeyPage,
  Keyring,
  ListInput,
  RevokeOptions,
  RotateOptions,
  UpdateInput,
} from "./keyring.js";
export type { LimitManager, RefundResult } from "./limits/limit-manager.js";
export type { KeyringOptions, UsageOptions } from "./options.js";
export type { OwnerManager, OwnerStatus } from "./owners/owner-manager.js";
export type { Register, RegisteredGrant, RegisteredScope } from "./register.js";
export type {
  OwnTenantSettings,
  SettingsManager,
  SettingsPatch,
  SettingsUpdateOptions,
} from "./settings/settings-manager.js";
export type { HourlyCount, KeyUsageReport, Seen, UsageRange, UsageReader } from "./usage/usage-reader.js";
export { type VerifyAtOnce, verifyAtOnce } from "./verify-at-once.js";
