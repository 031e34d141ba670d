import type { Signal } from "@claviger/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createAudience } from "./audience.js";
import { createHearing, HEARING_TIMING, type Hearing } from "./hearing.js";
import type { ListenConnection } from "./listen-connection.js";

const { proofIntervalMs, proofTimeoutMs, firstPauseMs, longestPauseMs } = HEARING_TIMING;
/** Its first eight digits are half of what they may be, so that pauses are as long as they say. */
const NONCE = "80000000-nonce";

/** A server whose connections are made of nothing. */
function server() {
  const listeners = new Map<string, (message?: unknown) => void>();
  const said: Signal[] = [];
  const state = { opened: 0, released: 0, isUp: true, isDeaf: false, isSlow: false, isBroken: false };
  let answer = (): void => {};
  const connection = {
    query: async () => {},
    on: (event: string, listener: (message?: unknown) => void) => void listeners.set(event, listener),
    release: () => {
      state.released += 1;
    },
  };
  const say = (nonce: string): void =>
    listeners.get("notification")?.({ channel: "channel", payload: JSON.stringify({ kind: "nonce", nonce }) });
  const audience = createAudience();
  audience.add((signal) => said.push(signal));
  const hearing: Hearing = createHearing(
    {
      connect: async () => {
        if (!state.isUp) throw new Error("refused");
        if (state.isSlow) {
          await new Promise<void>((resolve) => {
            answer = resolve;
          });
        }
        state.opened += 1;
        return connection as ListenConnection;
      },
      channel: "channel",
      drawNonce: async () => NONCE,
      sayNonce: async (nonce) => {
        if (state.isBroken) throw new Error("broken");
        if (state.isDeaf) return;
        say(nonce);
      },
      timing: HEARING_TIMING,
    },
    audience,
  );
  const kinds = (): readonly Signal["kind"][] => said.map(({ kind }) => kind);
  return { hearing, state, said, kinds, say, answer: () => answer(), cut: () => listeners.get("end")?.() };
}

describe("hearing", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("says hearing once a nonce has come back, and asks for another every half-minute", async () => {
    const { hearing, state, kinds } = server();
    hearing.start();
    await vi.advanceTimersByTimeAsync(10 * proofIntervalMs);
    expect(kinds()).toEqual(["hearing"]);
    state.isDeaf = true;
    await vi.advanceTimersByTimeAsync(proofIntervalMs + proofTimeoutMs);
    expect(kinds()).toEqual(["hearing", "lost"]);
    expect(state).toMatchObject({ opened: 1, released: 1 });
    state.isDeaf = false;
    await vi.advanceTimersByTimeAsync(firstPauseMs);
    expect(kinds()).toEqual(["hearing", "lost", "hearing"]);
    hearing.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("opens the connection again for ever, after pauses that double up to half a minute, and begin anew once it has heard", async () => {
    const { hearing, state, kinds, cut } = server();
    hearing.start();
    await vi.advanceTimersByTimeAsync(0);
    for (let round = 0; round < 2; round += 1) {
      state.isUp = false;
      cut();
      for (let pauseMs = firstPauseMs, attempt = 0; attempt < 20; attempt += 1) {
        await vi.advanceTimersByTimeAsync(pauseMs - 1);
        expect(vi.getTimerCount()).toBe(1);
        await vi.advanceTimersByTimeAsync(1);
        pauseMs = Math.min(2 * pauseMs, longestPauseMs);
      }
      state.isUp = true;
      await vi.advanceTimersByTimeAsync(longestPauseMs);
    }
    expect(kinds()).toEqual(["hearing", "lost", "hearing", "lost", "hearing"]);
    expect(state).toMatchObject({ opened: 3, released: 2 });
    hearing.stop();
  });

  it("gives up and tells of a listen that hangs, tries again, and gives back what comes late", async () => {
    const { hearing, state, said, kinds, answer } = server();
    state.isSlow = true;
    hearing.start();
    await vi.advanceTimersByTimeAsync(proofTimeoutMs);
    expect(said).toEqual([{ kind: "lost", cause: "listen gave no connection within 5000 ms" }]);
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(state).toMatchObject({ opened: 1, released: 1 });
    state.isSlow = false;
    await vi.advanceTimersByTimeAsync(firstPauseMs);
    expect(kinds()).toEqual(["lost", "hearing"]);
    expect(state).toMatchObject({ opened: 2, released: 1 });
    hearing.stop();
  });

  it("says why it does not hear: what listen, the connection or the client said, or that nothing came back", async () => {
    const { hearing, state, said } = server();
    state.isUp = false;
    hearing.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(said).toEqual([{ kind: "lost", cause: "refused" }]);
    hearing.stop();
    for (const isBroken of [false, true]) {
      const other = server();
      other.state.isDeaf = true;
      other.state.isBroken = isBroken;
      other.hearing.start();
      await vi.advanceTimersByTimeAsync(proofTimeoutMs);
      expect(other.said).toEqual([
        {
          kind: "lost",
          cause: isBroken
            ? "the store's client could not notify: broken"
            : "what the store notified did not come by the connection within 5000 ms; a transaction pooler passes nothing on",
        },
      ]);
      other.hearing.stop();
    }
  });

  it("takes no nonce for its own but the one that it waits for, and once it has stopped none at all", async () => {
    const { hearing, state, kinds, say } = server();
    state.isDeaf = true;
    hearing.start();
    await vi.advanceTimersByTimeAsync(proofTimeoutMs - 1);
    say("another's");
    expect(kinds()).toEqual([]);
    hearing.stop();
    say(NONCE);
    expect(state.released).toBe(1);
    await vi.advanceTimersByTimeAsync(10 * longestPauseMs);
    expect(kinds()).toEqual([]);
    expect(state.opened).toBe(1);
  });
});
