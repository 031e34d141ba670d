/** What an error says. The one of a host at which no address answers says nothing itself: its reasons are in `errors`. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(messageOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
