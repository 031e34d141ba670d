import { once } from "node:events";
import { connect } from "node:net";

/** A response as it came over the wire. */
export interface RawResponse {
  readonly status: number;
  /** Values by name in lower case; several lines of one name joined by `, `. */
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/**
 * Sends a request as it is written, byte for byte, where a client library would tidy it up.
 *
 * @param lines header lines without CRLF; characters up to U+00FF are bytes
 */
export async function exchange(port: number, target: string, lines: readonly string[]): Promise<RawResponse> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.write(
    Buffer.from(
      `${[`${target} HTTP/1.1`, "Host: api.test", "Connection: close", ...lines].join("\r\n")}\r\n\r\n`,
      "latin1",
    ),
  );
  await once(socket, "close");
  return parse(Buffer.concat(chunks).toString("latin1"));
}

function parse(text: string): RawResponse {
  const end = text.indexOf("\r\n\r\n");
  const [statusLine = "", ...lines] = text.slice(0, end).split("\r\n");
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(":")).toLowerCase();
    const value = line.slice(line.indexOf(":") + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  const rest = text.slice(end + 4);
  return {
    status: Number(statusLine.split(" ")[1]),
    headers,
    body: headers["transfer-encoding"] === "chunked" ? unchunk(rest) : rest,
  };
}

function unchunk(text: string): string {
  const lineEnd = text.indexOf("\r\n");
  const size = Number.parseInt(text.slice(0, lineEnd), 16);
  if (!(size > 0)) return "";
  const start = lineEnd + 2;
  return text.slice(start, start + size) + unchunk(text.slice(start + size + 2));
}
