/** Every refusal or impossibility that a method throws. A denial by `verify` is a value instead. */
export type ErrorCode =
  | "invalid_input"
  | "policy_violation"
  | "limit_reached"
  | "illegal_transition"
  | "not_found"
  | "conflict"
  | "random_unusable"
  | "store_unavailable";

/** The fields that explain an error; which ones are set depends on the code (docs/reference/errors.md). */
export interface ErrorFields {
  /** The path of the field that was refused, `limits[0].per`. */
  readonly field?: string;
  /** The key that the act was about. */
  readonly keyId?: string;
  /** The key's status when the act was refused. */
  readonly status?: string;
  /** The version that was expected, and the one found. */
  readonly expectedVersion?: number;
  readonly version?: number;
  /** The most that a setting allows. */
  readonly limit?: number;
  readonly cause?: unknown;
}

const MARK: unique symbol = Symbol.for("claviger.error");

/**
 * A refused or impossible act. Callers switch on {@link ClavigerError.code}, never on the message.
 * Neither the message nor a field ever holds a token, a digest or a pepper.
 */
export class ClavigerError extends Error {
  // By a mark rather than by the class: where an application loads one package as an ES module and another as CommonJS,
  // there are two copies of the class, and an error of the one is still an error to the other.
  static {
    Object.defineProperty(ClavigerError, Symbol.hasInstance, { value: isMarked });
  }

  override readonly name = "ClavigerError";
  readonly code: ErrorCode;
  declare readonly field?: string;
  declare readonly keyId?: string;
  declare readonly status?: string;
  declare readonly expectedVersion?: number;
  declare readonly version?: number;
  declare readonly limit?: number;
  /** Where the code is explained: a path with an anchor in the documentation. */
  readonly help: string;

  constructor(code: ErrorCode, message: string, fields: ErrorFields = {}) {
    super(message, "cause" in fields ? { cause: fields.cause } : undefined);
    Object.defineProperty(this, MARK, { value: true });
    this.code = code;
    this.help = `docs/reference/errors.md#${code}`;
    const { cause: _, ...explained } = fields;
    Object.assign(this, explained);
  }
}

function isMarked(value: unknown): boolean {
  return typeof value === "object" && value !== null && MARK in value;
}
