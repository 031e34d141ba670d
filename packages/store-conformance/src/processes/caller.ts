import type { Store } from "@claviger/core";
import { createKeyring, type Keyring, type Pepper } from "claviger";
import { NOW_MS } from "../samples.js";
import { type Act, type Answer, perform } from "./act.js";

/** Does acts: in this process or in another, through a store and a keyring of its own. */
export type Caller = (act: Act) => Promise<Answer>;

/** How many live keys an owner may hold in a race. */
export const CAP = 5;

/** What keys were digested under before the pepper was rotated. */
export const FORMER: Pepper = {
  id: "former",
  secret: new TextEncoder().encode("the pepper of the year before".repeat(2)),
};
const SIGNING: Pepper = { id: "signing", secret: new TextEncoder().encode("the pepper of this year".repeat(2)) };

/** A keyring that signs under the newer of two peppers, so that it rehashes what {@link formerKeyring} made. */
export function keyringOver(store: Store): Keyring {
  return createKeyring({
    store,
    prefix: "kit_test",
    peppers: [SIGNING, FORMER],
    settings: { maxKeysPerOwner: CAP },
    clock: () => NOW_MS,
  });
}

/** A keyring as it was before the pepper was rotated. */
export function formerKeyring(store: Store): Keyring {
  return createKeyring({ store, prefix: "kit_test", peppers: [FORMER], clock: () => NOW_MS });
}

/** Acts in this process. */
export function callerOver(store: Store): Caller {
  const keyring = keyringOver(store);
  return (act) => perform(keyring, store, act);
}
