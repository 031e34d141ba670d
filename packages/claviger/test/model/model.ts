/** What a keyring does with a key, as plainly as it can be said: written from the design's words, and from nothing else. */
export interface ModelKey {
  state: "active" | "disabled" | "revoked" | "compromised" | "destroyed";
  version: number;
  name: string;
  scopes: readonly string[];
  notBefore: number | null;
  expiresAt: number;
  credits: number;
  token: string;
  former: { readonly token: string; endsAt: number; expiresAt: number } | null;
}

export interface Given {
  readonly name?: string;
  readonly scopes?: readonly string[];
  readonly expiresAt?: number;
  readonly overlapMs?: number;
}

export type Outcome = "changed" | "nothing" | "illegal_transition" | "not_found" | "conflict";

export function statusOf({ state, notBefore, expiresAt }: ModelKey, now: number): string {
  if (state !== "active" && state !== "disabled") return state;
  if (now >= expiresAt) return "expired";
  return state === "active" && notBefore !== null && now < notBefore ? "pending" : state;
}

/** Whether it counts towards what its owner may hold, and may be changed. */
export function isLive(key: ModelKey, now: number): boolean {
  return ["active", "pending", "disabled"].includes(statusOf(key, now));
}

export function livingFormer(key: ModelKey, now: number): ModelKey["former"] {
  return key.former !== null && now < key.former.endsAt ? key.former : null;
}

/** The code of a verdict, or "ok", which spends a credit. */
export function verify(key: ModelKey | undefined, token: string, scope: string | undefined, now: number): string {
  if (key === undefined || key.state === "destroyed") return "unknown";
  if (token !== key.token && token !== livingFormer(key, now)?.token) return "unknown";
  const status = statusOf(key, now);
  if (status !== "active") return status;
  if (scope !== undefined && !key.scopes.includes(scope)) return "insufficient_scope";
  if (key.credits === 0) return "quota_exceeded";
  key.credits -= 1;
  return "ok";
}

/** Does an act to a key, and says what came of it. */
export function act(verb: string, key: ModelKey, now: number, given: Given = {}): Outcome {
  if (key.state === "destroyed") return verb === "delete" ? "nothing" : "not_found";
  const isOver = !isLive(key, now);
  const outcome = STATES[verb] === undefined ? change(verb, key, now, isOver, given) : enter(STATES[verb], key, isOver);
  if (outcome === "changed") key.version += 1;
  return outcome;
}

const STATES: { readonly [verb: string]: ModelKey["state"] } = {
  disable: "disabled",
  enable: "active",
  revoke: "revoked",
  leaked: "compromised",
  delete: "destroyed",
};

function enter(state: ModelKey["state"], key: ModelKey, isOver: boolean): Outcome {
  if (isOver && (state === "disabled" || state === "active")) return "illegal_transition";
  if (state === key.state || (state === "revoked" && key.state === "compromised")) return "nothing";
  key.state = state;
  return "changed";
}

function change(verb: string, key: ModelKey, now: number, isOver: boolean, given: Given): Outcome {
  const former = livingFormer(key, now);
  if (verb === "finish" && former === null) return "nothing";
  if (isOver || (verb === "cancel" && former === null)) return "illegal_transition";
  const { name = key.name, scopes = key.scopes, expiresAt = key.expiresAt, overlapMs = 0 } = given;
  if (verb === "finish") key.former = null;
  else if (verb === "cancel" && former !== null) {
    Object.assign(key, { token: former.token, expiresAt: former.expiresAt, former: null });
  } else if (verb === "rotate") {
    if (overlapMs > 0 && former !== null) return "conflict";
    const endsAt = Math.min(now + overlapMs, key.expiresAt);
    Object.assign(key, { former: { token: key.token, endsAt, expiresAt: key.expiresAt }, expiresAt });
  } else {
    if (name === key.name && `${scopes}` === `${key.scopes}` && expiresAt === key.expiresAt) return "nothing";
    if (former !== null && expiresAt !== key.expiresAt) {
      key.former = { token: former.token, endsAt: Math.min(former.endsAt, expiresAt), expiresAt };
    }
    Object.assign(key, { name, scopes, expiresAt });
  }
  return "changed";
}
