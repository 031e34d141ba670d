import { messageOf } from "./message-of.js";
import { StepFailed } from "./stage.js";

/** What went wrong, in a line for the reader. Holds no connection string. */
export function explainFailure(error: unknown): string {
  if (error instanceof StepFailed) return `not as promised: ${error.message}`;
  if (isSystemError(error, "EADDRINUSE")) return `port ${error.port} is in use; choose another one with --port`;
  if (isSystemError(error, "EACCES")) return `port ${error.port} may not be used; choose another one with --port`;
  return `could not be played: ${messageOf(error)}`;
}

interface SystemError extends Error {
  readonly code: string;
  readonly port?: number;
}

function isSystemError(error: unknown, code: string): error is SystemError {
  return error instanceof Error && "code" in error && error.code === code;
}
