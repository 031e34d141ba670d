import { type Identity, identify, type StoredKey } from "@claviger/core";
import { observe } from "./observe.js";
import type { Shell } from "./shell.js";

/** Whose a well-formed token is; notes what is wrong with the key as it is stored. */
export async function identifyToken(shell: Shell, id: string, token: string): Promise<Identity> {
  const { secondLook, store } = shell;
  const sent = secondLook?.sent() ?? 0;
  const [key] = await store.find([id]);
  const identity = identifyNow(shell, key, token);
  if (identity.known || secondLook === undefined || !mayHaveChanged(key)) return noted(shell, key, identity);
  const anew = await secondLook.findAfter(sent, id);
  return noted(shell, anew, anew === key ? identity : identifyNow(shell, anew, token));
}

function identifyNow({ peppers, clock }: Shell, key: StoredKey | undefined, token: string): Identity {
  return identify(key, { token, peppers }, clock());
}

/** Whether there may be another secret by now: there is none of what was no key, or has ended. */
function mayHaveChanged(key: StoredKey | undefined): boolean {
  return key?.state === "active" || key?.state === "disabled";
}

function noted(shell: Shell, key: StoredKey | undefined, identity: Identity): Identity {
  if (!identity.known && identity.observation !== undefined && key !== undefined) {
    observe(shell, key, identity.observation, shell.clock());
  }
  return identity;
}
