import assert from "node:assert/strict";
import type { Suite } from "../suite.js";

export function atOnceIsItsOwn({ it, createStore }: Suite): void {
  it("atOnce of consume, settings.get and owners.read is its function's own: what stands in its place has none, and is called", async () => {
    const { consume, settings, owners } = await createStore();
    for (const method of [consume, settings.get, owners.read]) {
      const heir: object = Object.create(method);
      const inItsPlace = {
        heir,
        proxy: new Proxy(method, {}),
        "copy of its members": Object.assign(() => {}, method),
        "copy of how they are defined": Object.defineProperty(
          () => {},
          "atOnce",
          Object.getOwnPropertyDescriptor(method, "atOnce") ?? {},
        ),
      };
      for (const [kind, other] of Object.entries(inItsPlace))
        assert.equal(Reflect.get(other, "atOnce"), undefined, kind);
    }
  });
}
