import { expect } from "vitest";
import { serveExpress } from "../../express/test/serve.js";
import { serveHono } from "../../hono/test/serve.js";
import { serveKoa } from "../../koa/test/serve.js";
import type { Guard, Serve } from "./protected-app.js";
import { exchange, type RawResponse } from "./raw-http.js";
import { createWorld, type World } from "./world.js";

const SERVERS: { readonly [framework: string]: Serve } = { express: serveExpress, hono: serveHono, koa: serveKoa };

const OF_THE_FRAMEWORK = ["date", "connection", "keep-alive", "x-powered-by", "transfer-encoding"];
const OF_THE_HANDLER = ["content-type", "content-length", "etag"];

/** Sends header lines, to `GET /` unless another target is named, and gives the answer. */
export type Send = (lines: readonly string[], target?: string) => Promise<RawResponse>;

export interface Played {
  /** The answers, in the order asked, without what belongs to the framework or the handler. */
  readonly responses: readonly RawResponse[];
  /** How many of the requests reached the handler. */
  readonly handled: number;
}

/**
 * Plays the same acts in three equal worlds, one a server, over sockets; expects that the complete answers are the
 * same, and gives them.
 */
export async function onEachServer(
  guards: (world: World) => readonly Guard[],
  act: (world: World, send: Send) => Promise<unknown>,
): Promise<Played> {
  const played: [framework: string, played: Played][] = [];
  for (const [framework, serve] of Object.entries(SERVERS)) played.push([framework, await play(serve, guards, act)]);
  const [first, ...others] = played;
  if (first === undefined) throw new Error("no server");
  for (const [framework, other] of others) expect(other, `${framework} like ${first[0]}`).toEqual(first[1]);
  return first[1];
}

async function play(
  serve: Serve,
  guards: (world: World) => readonly Guard[],
  act: (world: World, send: Send) => Promise<unknown>,
): Promise<Played> {
  const world = createWorld();
  const served = await serve(guards(world));
  const responses: RawResponse[] = [];
  try {
    await act(world, async (lines, target = "GET /") => {
      const response = await exchange(served.port, target, lines);
      responses.push(ours(response));
      return response;
    });
    return { responses, handled: served.handled() };
  } finally {
    served.close();
  }
}

// A 500 is the framework's own, and only its status is compared.
function ours({ status, headers, body }: RawResponse): RawResponse {
  if (status === 500) return { status, headers: {}, body: "" };
  const foreign = status === 200 ? [...OF_THE_FRAMEWORK, ...OF_THE_HANDLER] : OF_THE_FRAMEWORK;
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !foreign.includes(name))),
    body,
  };
}
