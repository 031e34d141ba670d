import { headerValues } from "./raw-headers.js";
import type { RequestView } from "./request-view.js";

// The shape only: whether it is an address, the keyring finds out, and denies a key restricted by IP where it is none.
const ADDRESS_SHAPED = /^[0-9A-Fa-f:.]{2,45}$/;
// A socket that listens on IPv6 as well reports an IPv4 client so (RFC 4291 §2.5.5.2).
const MAPPED_IPV4 = /^::ffff:[0-9]+\.[0-9.]+$/i;
const MAPPED_LENGTH = "::ffff:".length;

/**
 * The client's address, from the socket and what trusted proxies wrote into `X-Forwarded-For`. Each proxy appends the
 * address that it was called from, so the last `trustedHops` entries are the proxies' word and all before them the
 * client's. With 0 the field is not even read.
 *
 * @param trustedHops how many proxies of one's own stand between the client and this process
 * @returns undefined where there are fewer entries than hops, or the entry is no address
 */
export function clientAddress(view: RequestView, trustedHops: number): string | undefined {
  const address = trustedHops === 0 ? view.peer : forwardedFor(view).at(-trustedHops);
  if (address === undefined || !ADDRESS_SHAPED.test(address)) return undefined;
  return MAPPED_IPV4.test(address) ? address.slice(MAPPED_LENGTH) : address;
}

function forwardedFor(view: RequestView): readonly string[] {
  return headerValues(view.rawHeaders, "x-forwarded-for").flatMap((line) =>
    line.split(",").map((entry) => entry.trim()),
  );
}
