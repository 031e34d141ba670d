import { reasonOf } from "../client/fault.js";
import type { Audience } from "./audience.js";
import type { ListenConnection } from "./listen-connection.js";
import { type Listening, startListening } from "./listening.js";
import { readNotice } from "./notice.js";

/** How long what takes, in ms. */
export interface HearingTiming {
  /** From a nonce that was heard to the next. */
  readonly proofIntervalMs: number;
  /** For `listen`, for `LISTEN`, and from then on, or from a nonce's turn, until it is heard. */
  readonly proofTimeoutMs: number;
  /** Before the connection is opened again; twice as long each time that it fails, give or take half. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export const HEARING_TIMING: HearingTiming = {
  proofIntervalMs: 30_000,
  proofTimeoutMs: 5_000,
  firstPauseMs: 250,
  longestPauseMs: 30_000,
};

export interface HearingParts {
  /** Opens a connection of the store's own. */
  readonly connect: () => Promise<ListenConnection>;
  readonly channel: string;
  /** A word that nobody else says: random hex digits, eight at least, and perhaps more besides. */
  readonly drawNonce: () => Promise<string>;
  /** Says it on the channel, through the client of all other statements. */
  readonly sayNonce: (nonce: string) => Promise<void>;
  readonly timing: HearingTiming;
}

export interface Hearing {
  start(): void;
  stop(): void;
}

/**
 * Tells an audience of what comes by the channel, over a connection that is opened again whenever it is lost. `hearing` is
 * said once a nonce has come back by the channel, not when `LISTEN` has succeeded: behind a transaction pooler it does,
 * and nothing ever comes.
 *
 * One timer runs at a time, and keeps no process alive.
 */
export function createHearing(parts: HearingParts, audience: Audience): Hearing {
  const { connect, channel, drawNonce, sayNonce, timing } = parts;
  let listening: Listening | undefined;
  let awaited: string | undefined;
  let failures = 0;
  // From 0.5 to 1.5, by the last nonce: the processes whose connections were cut at once do not come back at once.
  let spread = 1;
  let timer: NodeJS.Timeout | undefined;

  const after = (ms: number, act: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
    timer.unref();
  };
  const within = `within ${timing.proofTimeoutMs} ms`;
  const start = (): void => {
    after(timing.proofTimeoutMs, () => lose(`listen gave no connection ${within}`));
    const opened = (): void => after(timing.proofTimeoutMs, () => lose(`LISTEN was not answered ${within}`));
    listening = startListening(connect, channel, { opened, listens: prove, heard: hear, gone: lose });
  };
  const stop = (): void => {
    clearTimeout(timer);
    awaited = undefined;
    listening?.end();
    listening = undefined;
  };
  const lose = (cause: string): void => {
    stop();
    const pauseMs = Math.min(timing.firstPauseMs * 2 ** failures, timing.longestPauseMs);
    failures += 1;
    after(pauseMs * spread, start);
    audience.tell({ kind: "lost", cause });
  };
  const prove = (): void => {
    let cause = `what the store notified did not come by the connection ${within}; a transaction pooler passes nothing on`;
    after(timing.proofTimeoutMs, () => lose(cause));
    const proven = listening;
    const send = async (): Promise<void> => {
      const nonce = await drawNonce();
      if (listening !== proven) return;
      spread = 0.5 + Number.parseInt(nonce.slice(0, 8), 16) / 2 ** 32;
      awaited = nonce;
      await sayNonce(nonce);
    };
    // What was not said is not heard; but what failed may have been said.
    send().catch((error: unknown) => {
      cause = `the store's client could not notify: ${reasonOf(error)}`;
    });
  };
  const hear = (payload: string): void => {
    const notice = readNotice(payload);
    if (notice === undefined) return;
    if (notice.kind !== "nonce") {
      if (audience.isHearing) audience.tell(notice);
      return;
    }
    if (notice.nonce !== awaited) return;
    awaited = undefined;
    failures = 0;
    after(timing.proofIntervalMs, prove);
    audience.tell({ kind: "hearing" });
  };
  return { start, stop };
}
