import { once } from "node:events";
import type { Keyring, RegisteredScope } from "claviger";
import type { Narrator } from "./narrator.js";

/** Makes a key to play with, prints requests that use it, and resolves when the reader has had enough. */
export async function serve(
  url: string,
  keyring: Keyring<RegisteredScope>,
  tell: Narrator,
  signal: AbortSignal,
): Promise<void> {
  const { token } = await keyring.create({
    owner: "anna",
    name: "Yours, to try",
    scopes: ["invoices:read"],
    limits: [{ name: "burst", kind: "rate", limit: 10, per: "10s" }],
  });

  tell.say(`\nThe server stays up at ${url}. Here is a key that may read invoices, 10 at once and then one a second.`);
  tell.say("Its token is shown now and never again:\n");
  tell.tokenOnce(`TOKEN=${token}`);
  for (const { expected, curl } of requestsToTry(url)) tell.say(`\n# ${expected}\n${curl}`);
  tell.say("\nPress Ctrl-C to stop the server; the key is deleted then.");

  if (!signal.aborted) await once(signal, "abort");
}

interface RequestToTry {
  /** The status that it gets, and why. */
  readonly expected: string;
  readonly curl: string;
}

function requestsToTry(url: string): readonly RequestToTry[] {
  const bearer = '-H "Authorization: Bearer $TOKEN"';
  return [
    { expected: "200: what the key may do", curl: `curl -i ${bearer} ${url}/v1/invoices` },
    {
      expected: "200: the other header that a token may come in",
      curl: `curl -i -H "X-API-Key: $TOKEN" ${url}/v1/invoices/inv_1`,
    },
    { expected: "404: somebody else's invoice", curl: `curl -i ${bearer} ${url}/v1/invoices/inv_3` },
    { expected: "403: a scope that the key lacks", curl: `curl -i -X POST ${bearer} ${url}/v1/invoices/inv_2/send` },
    { expected: "401: no key", curl: `curl -i ${url}/v1/invoices` },
    {
      expected: "401: a token that is mistyped",
      curl: `curl -i -H "Authorization: Bearer $TOKEN-" ${url}/v1/invoices`,
    },
    {
      expected: "200 up to the limit, then 429",
      curl: `curl -s -o /dev/null -w "%{http_code}\\n" ${bearer} "${url}/v1/invoices?[1-15]"`,
    },
  ];
}
