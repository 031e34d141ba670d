import assert from "node:assert/strict";
import { type Store, unreachable } from "@claviger/core";
import type { StoreUnderTest, Suite } from "./suite.js";

/** A store that listens, and one that changes the same data: the same one, where nobody else can reach them. */
interface Pair {
  readonly ears: Store;
  readonly writer: Store;
}

/** Declares tests of what signals promise; where none are sent, each asserts that there is no `watch` to rely on. */
export function whereSent({ it, createSubject }: Suite): (title: string, body: (pair: Pair) => Promise<void>) => void {
  return (title, body) =>
    it(`capability signal: ${title}; where none is sent, there is no watch`, async () => {
      const subject = await createSubject();
      const { signal } = subject.store.capabilities;
      switch (signal) {
        case "sent":
          return body(await openPair(subject));
        case "none":
          return assert.equal(subject.store.watch, undefined);
        default:
          return unreachable(signal);
      }
    });
}

async function openPair({ store, openAnother }: StoreUnderTest): Promise<Pair> {
  return { ears: store, writer: openAnother === undefined ? store : await openAnother() };
}
