import type {
  ApiKey,
  Duration,
  Grant,
  LimitInput,
  ListedStatus,
  Metadata,
  Restrictions,
  ScopeCatalogue,
  TimeInput,
  Verdict,
  VerifyRequest,
} from "@claviger/core";
import type { EventManager, KeyringEvents } from "./events/event-manager.js";
import type { LimitManager } from "./limits/limit-manager.js";
import type { OwnerManager } from "./owners/owner-manager.js";
import type { SettingsManager } from "./settings/settings-manager.js";
import type { UsageReader } from "./usage/usage-reader.js";

/** When a key ends: after a time (`"never"` only where the settings allow it), or at a time. One of the two. */
export interface ExpiryInput {
  readonly expiresIn?: Duration | "never";
  readonly expiresAt?: TimeInput;
}

/** Why a management act was done: 1 to 200 characters, kept with its event. */
export interface ActOptions {
  readonly reason?: string;
  /** The IP address from which the actor acts, for the event. */
  readonly address?: string;
}

/** For acts on a key that exists. */
export interface ChangeOptions extends ActOptions {
  /** Refuse with `conflict` unless the key is at this version. Without it the keyring re-decides and tries again. */
  readonly ifVersion?: number;
}

export interface CreateInput<Granted extends string = string> extends ExpiryInput, ActOptions {
  readonly owner: string;
  readonly name: string;
  /** Absent: none. */
  readonly scopes?: readonly Granted[];
  readonly notBefore?: TimeInput;
  readonly limits?: readonly LimitInput[];
  readonly restrictions?: Restrictions;
  readonly metadata?: Metadata;
}

/** What is left out stays as it is; what is given replaces the whole field. */
export interface UpdateInput<Granted extends string = string> extends ExpiryInput {
  readonly name?: string;
  readonly scopes?: readonly Granted[];
  /** null: from now on. */
  readonly notBefore?: TimeInput | null;
  readonly limits?: readonly LimitInput[];
  readonly restrictions?: Restrictions;
  readonly metadata?: Metadata;
}

export interface RotateOptions extends ChangeOptions, ExpiryInput {
  /** How long the former secret still verifies, at most 30 d; 24 h unless given. 0: not at all, and neither does any other. */
  readonly overlap?: Duration;
}

export interface RevokeOptions extends ChangeOptions {
  /** The token got out: the key becomes `compromised` rather than `revoked`. */
  readonly leaked?: boolean;
}

export interface ListInput<Scope extends string = string> {
  readonly owner?: string;
  readonly status?: ListedStatus;
  /** Keys whose grants cover this scope, by wildcard and implication too. */
  readonly scope?: Scope;
  /** Case-insensitive substring of name, id or owner. */
  readonly search?: string;
  /** By creation; `newest` unless given. */
  readonly sort?: "newest" | "oldest";
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
  /** 1 to 100; 20 unless given. A page may be shorter, even empty, while `nextCursor` is set. */
  readonly pageSize?: number;
}

export interface KeyPage<Granted extends string = string> {
  readonly items: readonly ApiKey<Granted>[];
  readonly nextCursor?: string;
}

/** A key and its token: the only time that the token is seen. */
export interface IssuedKey<Granted extends string = string> {
  readonly key: ApiKey<Granted>;
  readonly token: string;
}

/**
 * The management verbs, bound to one tenant. `Granted` is what keys may hold of the catalogue's scopes; it is a parameter
 * of its own so that a keyring of some scopes is assignable to a keyring of any.
 * Every method returns a promise and never throws synchronously.
 * All reject with a {@link ClavigerError}: `invalid_input` for what is no valid argument, `store_unavailable` for
 * trouble in the store, and what the method names besides.
 */
export interface KeyManager<Scope extends string = string, Granted extends string = Grant<Scope>> {
  /**
   * Makes a key. The token is in the result and nowhere else.
   *
   * @throws `policy_violation` settings forbid it; `limit_reached` the owner holds as many live keys as the settings
   *   allow; `random_unusable` the source of randomness is broken
   */
  create(input: CreateInput<Granted>): Promise<IssuedKey<Granted>>;

  /** @throws `not_found` also for a key of another tenant, and for a deleted one */
  get(id: string): Promise<ApiKey<Granted>>;

  /** A page of the tenant's keys; deleted ones are gone from it. */
  list(input?: ListInput<Scope>): Promise<KeyPage<Granted>>;

  /** @throws `not_found`, `illegal_transition` (expired, revoked, compromised), `policy_violation`, `conflict` */
  update(id: string, input: UpdateInput<Granted>, options?: ChangeOptions): Promise<ApiKey<Granted>>;

  /** Until `enable`, the key fails. @throws `not_found`, `illegal_transition`, `conflict` */
  disable(id: string, options?: ChangeOptions): Promise<ApiKey<Granted>>;

  /** @throws `not_found`, `illegal_transition`, `conflict` */
  enable(id: string, options?: ChangeOptions): Promise<ApiKey<Granted>>;

  /**
   * Gives the key a second secret under the same id. The former one verifies until now + overlap or the key's own
   * former expiry, whichever is first. The expiry stays unless one is given.
   *
   * @throws `not_found`, `illegal_transition`, `policy_violation`, `random_unusable`; `conflict` also while two secrets
   *   live, except with `overlap: 0`
   */
  rotate(id: string, options?: RotateOptions): Promise<IssuedKey<Granted>>;

  /** Ends the former secret now. Nothing happens where only one lives. @throws `not_found`, `illegal_transition`, `conflict` */
  finishRotation(id: string, options?: ChangeOptions): Promise<ApiKey<Granted>>;

  /**
   * Ends the new secret now and keeps the former one, with the expiry that it had.
   *
   * @throws `not_found`, `conflict`; `illegal_transition` also where only one secret lives
   */
  cancelRotation(id: string, options?: ChangeOptions): Promise<ApiKey<Granted>>;

  /** Ends the key for good. @throws `not_found`, `conflict` */
  revoke(id: string, options?: RevokeOptions): Promise<ApiKey<Granted>>;

  /** The tenant's settings: whether its keys work at all, and the limits that they share. */
  readonly settings: SettingsManager;

  /** The tenant's owners: who is suspended. */
  readonly owners: OwnerManager;

  /** What the tenant's keys were used for. */
  readonly usage: UsageReader;

  /** What is spent of the limits of the tenant's keys. */
  readonly limits: LimitManager;

  /** What was done to the tenant's keys, settings and owners. */
  readonly events: EventManager;

  /** Erases the key but for its id, tenant, times and version. Again: nothing happens. @throws `not_found`, `conflict` */
  delete(id: string, options?: ChangeOptions): Promise<void>;
}

/** What an application imports: it issues keys, checks tokens, and manages both. The bare keyring manages tenant `default`. */
export interface Keyring<Scope extends string = string, Granted extends string = Grant<Scope>>
  extends KeyManager<Scope, Granted> {
  /**
   * Whether a token may do what the request asks. Charges the key's limits, and those that it shares, once if it may.
   *
   * @param token whatever the client sent; what is no token is `malformed`
   * @returns a verdict, whatever was given
   * @throws ClavigerError `store_unavailable`, and nothing else
   */
  verify(token: unknown, request?: VerifyRequest<Scope>): Promise<Verdict<Granted>>;

  /** The management verbs bound to a tenant, 1 to 128 characters. */
  tenant(id: string): KeyManager<Scope, Granted>;

  /** Those of tenant `default`, and what concerns the whole keyring. */
  readonly events: KeyringEvents;

  /** The catalogue that the keyring was given, or one that knows any well-formed scope. */
  readonly scopes: ScopeCatalogue<Scope>;

  /** The clock that the keyring was given: epoch ms. Middleware reads times by it. */
  readonly clock: () => number;

  /**
   * Writes the usage that is gathered, and resolves when the rehashes under way have settled.
   *
   * @throws `store_unavailable` the usage could not be written: it is kept for the next time
   */
  flush(): Promise<void>;

  /**
   * Flushes, then ends the store; never the client that it was made with. Idempotent. What is asked later is
   * `store_unavailable`.
   *
   * @throws `store_unavailable` the usage could not be written, and is lost; the store has ended all the same
   */
  close(): Promise<void>;
}
