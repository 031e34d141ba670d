import * as z from "zod/mini";
import { formatIpAddress, parseIpAddress } from "./ip-address.js";

/** Schema of an IP address, which becomes the text that is everyone's for it. */
export const ipAddress: z.ZodMiniType<string> = z.pipe(
  z.custom<string>((value) => parseIpAddress(value) !== undefined, "an IPv4 or IPv6 address"),
  z.transform((value) => {
    const address = parseIpAddress(value);
    return address === undefined ? value : formatIpAddress(address);
  }),
);
