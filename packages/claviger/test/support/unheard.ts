import type { Store } from "@claviger/core";

/** The store without its signal: what others change is found out only by reading again. */
export function unheard(inner: Store): Store {
  const { watch: _, ...store } = inner;
  return { ...store, capabilities: { ...inner.capabilities, signal: "none" } };
}
