import { PartialFault } from "@claviger/core";

type Charged = { readonly admitted: number } | null;

/** What a call has answered although it failed, and what failed. */
export async function partialFaultOf(act: Promise<readonly Charged[]>): Promise<{
  readonly answers: readonly (Charged | undefined)[];
  readonly cause: { readonly code?: unknown };
}> {
  const error: unknown = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PartialFault)) throw new Error("it did not fail in part", { cause: error });
  return { answers: error.answers, cause: Object(error.cause) };
}
