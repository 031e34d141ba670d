import { STATUS_CODES } from "node:http";
import type { Answer } from "./answer.js";
import type { Narrator } from "./narrator.js";

/** A client of the API that tells what it sends and the essential of what it gets. */
export interface Client {
  /** @param whose said of the token, where several are about */
  get(path: string, token: string, whose?: string): Promise<Answer>;
  post(path: string, token: string, whose?: string): Promise<Answer>;
}

const ESSENTIAL_FIELDS = ["WWW-Authenticate", "RateLimit", "Retry-After"];
const SHOWN_BODY_LENGTH = 96;

/** @param baseUrl no slash at the end */
export function createClient(baseUrl: string, tell: Narrator, signal: AbortSignal): Client {
  async function send(method: string, path: string, token: string, whose?: string): Promise<Answer> {
    tell.request(`${method} ${path}   Authorization: Bearer ${token}${whose === undefined ? "" : `   (${whose})`}`);
    const response = await fetch(baseUrl + path, { method, headers: { Authorization: `Bearer ${token}` }, signal });
    const { status, headers } = response;
    const body = Buffer.from(await response.arrayBuffer());
    describe({ status, headers, body });
    return { status, headers, body };
  }

  function describe({ status, headers, body }: Answer): void {
    tell.response(`${status} ${STATUS_CODES[status] ?? ""}`);
    for (const name of ESSENTIAL_FIELDS) {
      const value = headers.get(name);
      if (value !== null) tell.response(`${name}: ${value}`);
    }
    const text = body.toString();
    tell.response(text.length <= SHOWN_BODY_LENGTH ? text : `${text.slice(0, SHOWN_BODY_LENGTH)}…`);
  }

  return {
    get: (path, token, whose) => send("GET", path, token, whose),
    post: (path, token, whose) => send("POST", path, token, whose),
  };
}
