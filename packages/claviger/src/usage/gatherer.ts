import {
  boundedCache,
  type CheckedRequest,
  clientName,
  type DenialCode,
  MAX_USAGE_NAME_LENGTH,
  type UsedKeyRecord,
} from "@claviger/core";
import {
  absorb,
  cellsOf,
  count,
  expectAgain,
  type KeyUse,
  newKeyUse,
  noteAgain,
  type Room,
  settle,
  sight,
} from "./key-use.js";
import { createNameBudget } from "./name-budget.js";

/** Of a key, day and process. A client can name itself anew on every request, and each name would stay in the database. */
const MAX_CLIENTS_A_DAY = 32;
/** More than a key holds: through a wildcard it may use scopes without end. */
const MAX_SCOPES_A_DAY = 256;
/** Over all keys: some 20 MB where every name is as long as it may be. */
const MAX_NAMES = 50_000;
/** What stands for all further names. No scope is written so. */
const OTHER = "(other)";

/** To clean a name of tokens takes longer than all the rest, and most requests bring one of a few. */
const MAX_CLIENTS_KNOWN = 1_000;

/** What a process has seen of its keys' use and not written yet. In memory, and no more than it has room for. */
export interface Gatherer {
  /** @returns whether there was room for all of it */
  note(
    key: UsedKeyRecord,
    matched: "current" | "previous",
    request: CheckedRequest,
    outcome: "accepted" | DenialCode,
    nowMs: number,
  ): boolean;
  /** Cells that are taken, by what {@link take} gave out too. */
  size(): number;
  isEmpty(): boolean;
  /** Gives out all that is there. It still takes its room. */
  take(): readonly KeyUse[];
  /** What was given out is written. */
  discard(uses: readonly KeyUse[]): void;
  /** What was given out could not be written, and joins what has come since. */
  putBack(uses: readonly KeyUse[]): void;
}

/**
 * @param maxCells what it has room for
 * @param evidence whether scopes and clients are kept
 */
export function createGatherer(maxCells: number, evidence: boolean): Gatherer {
  const room: Room = { left: maxCells };
  let uses = new Map<string, KeyUse>();
  const scopes = createNameBudget(MAX_SCOPES_A_DAY, MAX_NAMES);
  const clients = createNameBudget(MAX_CLIENTS_A_DAY, MAX_NAMES);
  const known = boundedCache(MAX_CLIENTS_KNOWN, (given) => ({ name: clientName(given) }));
  const nameOf = (given: string): string | undefined =>
    given.length <= MAX_USAGE_NAME_LENGTH ? known(given).name : clientName(given);

  // A key's id is its own in all tenants.
  function useOf(key: UsedKeyRecord): KeyUse | undefined {
    const known = uses.get(key.id);
    if (known !== undefined) return known;
    const made = newKeyUse(key.tenant, key.id, room);
    if (made !== undefined) uses.set(key.id, made);
    return made;
  }

  function noteEvidence(use: KeyUse, request: CheckedRequest, nowMs: number): boolean {
    let isWhole = true;
    for (const scope of request.scopes) {
      const name = scopes.admit(use.keyId, scope, nowMs) ? scope : OTHER;
      isWhole = sight(use, "scope", name, nowMs, room) && isWhole;
    }
    const client = request.client === undefined ? undefined : nameOf(request.client);
    if (client === undefined) return isWhole;
    const name = clients.admit(use.keyId, client, nowMs) ? client : OTHER;
    return sight(use, "client", name, nowMs, room) && isWhole;
  }

  return {
    note(key, matched, request, outcome, nowMs) {
      const use = useOf(key);
      if (use === undefined) return false;
      const secret = outcome === "accepted" ? secretOf(key, matched) : undefined;
      if (noteAgain(use, outcome, secret, nowMs)) return true;
      const isCounted = count(use, nowMs, outcome, room);
      const isSeen = secret === undefined || sight(use, "secret", secret, nowMs, room);
      // Evidence differs from use to use.
      if (evidence) return (secret === undefined || noteEvidence(use, request, nowMs)) && isCounted && isSeen;
      if (isCounted && isSeen) expectAgain(use, outcome, secret, nowMs);
      return isCounted && isSeen;
    },
    size: () => maxCells - room.left,
    isEmpty: () => uses.size === 0,
    take() {
      const taken = [...uses.values()];
      for (const use of taken) settle(use);
      uses = new Map();
      return taken;
    },
    discard(written) {
      for (const use of written) room.left += cellsOf(use);
    },
    putBack(unwritten) {
      for (const use of unwritten) {
        const since = uses.get(use.keyId);
        if (since === undefined) uses.set(use.keyId, use);
        else absorb(since, use, room);
      }
    },
  };
}

function secretOf(key: UsedKeyRecord, matched: "current" | "previous"): number {
  return matched === "previous" ? (key.rotation?.previousSecretVersion ?? key.secretVersion) : key.secretVersion;
}
