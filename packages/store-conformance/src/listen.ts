import assert from "node:assert/strict";
import type { Signal, SignalListener, StopWatching, Store } from "@claviger/core";
import { eventually } from "./eventually.js";

/** Someone who listens to a store. */
export interface Ear {
  /** Resolves when this was heard since the ear was last emptied; fails when it is not. */
  hears(signal: Signal): Promise<void>;
  readonly heard: readonly Signal[];
  /** Forgets what it has heard. */
  empty(): void;
  readonly stop: StopWatching;
}

/** Listens to a store that sends signals, and hears. @param tell called with each signal as well */
export async function listen(store: Store, tell: SignalListener = () => {}): Promise<Ear> {
  assert.ok(store.watch !== undefined, "a store that sends signals has watch");
  const heard: Signal[] = [];
  let isWatching = false;
  const stop = store.watch((signal) => {
    assert.ok(isWatching, "no signal comes before watch has returned");
    heard.push(signal);
    tell(signal);
  });
  isWatching = true;
  const ear: Ear = {
    heard,
    stop,
    hears: (signal) =>
      eventually(async () => {
        const text = JSON.stringify(signal);
        assert.ok(
          heard.some((each) => JSON.stringify(each) === text),
          `${text} was not heard`,
        );
      }),
    empty: () => heard.splice(0),
  };
  await ear.hears({ kind: "hearing" });
  ear.empty();
  return ear;
}
