/** What the server answered to one request, as it came. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** All that a client can tell two answers apart by: status, header fields but the date, body. */
export function fingerprint({ status, headers, body }: Answer): string {
  const fields = [...headers].filter(([name]) => name !== "date").map(([name, value]) => `${name}: ${value}`);
  return [status, ...fields, "", body.toString("base64")].join("\n");
}
