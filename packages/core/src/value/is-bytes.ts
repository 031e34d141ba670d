const nameOfTypedArray = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get;

/**
 * Whether a value is a `Uint8Array` (a `Buffer` is one), of this realm or of another: test runners give modules their
 * own.
 */
export function isBytes(value: unknown): value is Uint8Array {
  return nameOfTypedArray?.call(value) === "Uint8Array";
}
