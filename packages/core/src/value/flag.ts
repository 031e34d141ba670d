import * as z from "zod/mini";

/** Schema of true or false, and of nothing that only passes for one. */
export const flag: z.ZodMiniType<boolean> = z.literal([true, false], "true or false");
