import type { Signal } from "@claviger/core";

/** What a store of anyone's making has told. What is no signal may stand for any change: it is as if all went unheard. */
export function heardSignal(told: unknown): Signal {
  try {
    return isSignal(told) ? told : { kind: "hearing" };
  } catch {
    return { kind: "hearing" };
  }
}

function isSignal(told: unknown): told is Signal {
  const named = (name: string): unknown =>
    typeof told === "object" && told !== null ? Reflect.get(told, name) : undefined;
  switch (named("kind")) {
    case "key":
      return typeof named("keyId") === "string";
    case "tenant":
      return typeof named("tenant") === "string";
    case "owner":
      return typeof named("tenant") === "string" && typeof named("owner") === "string";
    case "hearing":
    case "lost":
      return true;
    default:
      return false;
  }
}
