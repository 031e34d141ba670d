import { describe, expect, it } from "vitest";
import { onEachServer } from "./on-each-server.js";
import type { World } from "./world.js";

const BEARER = 'Bearer realm="api"';

/** What one GET is answered. `<token>` in a line stands for that of a good key. */
interface Row {
  readonly situation: string;
  readonly lines: readonly string[];
  readonly status: number;
  readonly challenge?: string;
  readonly problem?: string;
}

const READABLE: readonly Row[] = [
  { situation: "a bearer token", lines: ["Authorization: Bearer <token>"], status: 200 },
  { situation: "the scheme in lower case", lines: ["authorization: bearer <token>"], status: 200 },
  { situation: "the scheme in upper case", lines: ["AUTHORIZATION: BEARER <token>"], status: 200 },
  { situation: "several spaces after the scheme", lines: ["Authorization: Bearer    <token>"], status: 200 },
  { situation: "spaces around the value", lines: ["Authorization:    Bearer <token>   "], status: 200 },
  { situation: "X-API-Key", lines: ["X-API-Key: <token>"], status: 200 },
  {
    situation: "x-api-key beside Basic, which a proxy may ask for",
    lines: ["x-api-key: <token>", "Authorization: Basic dXNlcjpwYXNz"],
    status: 200,
  },
];

const missing = { status: 401, challenge: BEARER, problem: "missing-credential" };
const MISSING: readonly Row[] = [
  { situation: "nothing", lines: [], ...missing },
  { situation: "Basic", lines: ["Authorization: Basic dXNlcjpwYXNz"], ...missing },
  { situation: "an unknown scheme", lines: ["Authorization: Bearerer <token>"], ...missing },
  { situation: "a bare token in Authorization", lines: ["Authorization: <token>"], ...missing },
  { situation: "an empty Authorization", lines: ["Authorization:"], ...missing },
  { situation: "a header that is not read", lines: ["X-Token: <token>"], ...missing },
  { situation: "a cookie", lines: ["Cookie: x-api-key=<token>"], ...missing },
];

const unusable = { status: 400, challenge: `${BEARER}, error="invalid_request"`, problem: "invalid-request" };
const UNUSABLE: readonly Row[] = [
  {
    situation: "two Authorization lines",
    lines: ["Authorization: Bearer <token>", "Authorization: Bearer x"],
    ...unusable,
  },
  {
    situation: "two equal Authorization lines",
    lines: ["Authorization: Bearer <token>", "Authorization: Bearer <token>"],
    ...unusable,
  },
  {
    situation: "Basic and Bearer",
    lines: ["Authorization: Basic dXNlcjpwYXNz", "Authorization: Bearer <token>"],
    ...unusable,
  },
  { situation: "two X-API-Key lines", lines: ["X-API-Key: <token>", "X-API-Key: x"], ...unusable },
  { situation: "two equal X-API-Key lines", lines: ["X-API-Key: <token>", "x-api-key: <token>"], ...unusable },
  { situation: "Bearer and X-API-Key", lines: ["Authorization: Bearer <token>", "X-API-Key: <token>"], ...unusable },
  { situation: "Bearer and an empty X-API-Key", lines: ["Authorization: Bearer <token>", "X-API-Key:"], ...unusable },
  { situation: "an empty Bearer and X-API-Key", lines: ["Authorization: Bearer", "X-API-Key: <token>"], ...unusable },
  { situation: "an empty Bearer", lines: ["Authorization: Bearer"], ...unusable },
  { situation: "an empty Bearer with spaces", lines: ["Authorization: Bearer    "], ...unusable },
  { situation: "an empty X-API-Key", lines: ["X-API-Key:"], ...unusable },
  { situation: "a space inside", lines: ["Authorization: Bearer <token> x"], ...unusable },
  { situation: "two tokens in a list", lines: ["Authorization: Bearer <token>, Bearer <token>"], ...unusable },
  { situation: "a space inside X-API-Key", lines: ["X-API-Key: <token> x"], ...unusable },
  { situation: "a scheme inside X-API-Key", lines: ["X-API-Key: Bearer <token>"], ...unusable },
  { situation: "a tab after the scheme", lines: ["Authorization: Bearer\t<token>"], ...unusable },
  { situation: "a tab after the space", lines: ["Authorization: Bearer \t<token>"], ...unusable },
  { situation: "a tab inside", lines: ["Authorization: Bearer <token>\tx"], ...unusable },
  { situation: "a comma for the space", lines: ["Authorization: Bearer,<token>"], ...unusable },
  { situation: "obs-text inside", lines: ["Authorization: Bearer <token>\xe9"], ...unusable },
  { situation: "obs-text for a space", lines: ["X-API-Key: \xa0<token>"], ...unusable },
  { situation: "nothing but obs-text", lines: ["Authorization: Bearer \xff\xfe"], ...unusable },
];

const invalid = { status: 401, challenge: `${BEARER}, error="invalid_token"`, problem: "invalid-key" };
const INVALID: readonly Row[] = [
  { situation: "a word", lines: ["Authorization: Bearer x"], ...invalid },
  { situation: "a token of 8 KB", lines: [`Authorization: Bearer ${"a".repeat(8192)}`], ...invalid },
  { situation: "8 KB after a good token", lines: [`X-API-Key: <token>${"a".repeat(8192)}`], ...invalid },
  { situation: "a token in quotes", lines: ['Authorization: Bearer "<token>"'], ...invalid },
  { situation: "a token with a comma behind", lines: ["X-API-Key: <token>,"], ...invalid },
];

describe("KF-2 what a request presents decides its answer, the same on express, hono and koa", () => {
  it.each([...READABLE, ...MISSING, ...UNUSABLE, ...INVALID])(
    "$situation: $status $problem",
    async ({ lines, status, challenge, problem }) => {
      const played = await onEachServer(auth, async (world, send) => {
        const token = await world.issue();
        await send(lines.map((line) => line.replaceAll("<token>", token)));
      });
      const [response] = played.responses;
      expect(response?.status).toBe(status);
      expect(played.handled).toBe(status === 200 ? 1 : 0);
      if (problem === undefined) return;
      expect(response?.headers).toEqual({
        "cache-control": "no-store",
        "content-length": String(response?.body.length),
        "content-type": "application/problem+json",
        "www-authenticate": challenge,
      });
      expect(JSON.parse(response?.body ?? "")).toEqual({
        type: `https://claviger.dev/problems/${problem}`,
        title: expect.any(String),
        status,
        detail: expect.any(String),
      });
    },
  );

  it.each(["HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"])(
    "%s is checked like GET",
    async (method) => {
      const { responses, handled } = await onEachServer(auth, async (world, send) => {
        const token = await world.issue();
        await send([], `${method} /`);
        await send(["Authorization: Bearer x"], `${method} /`);
        await send([`Authorization: Bearer ${token}`], `${method} /`);
      });
      expect(responses.map(({ status }) => status)).toEqual([401, 401, 200]);
      expect(responses[0]?.headers["www-authenticate"]).toBe(BEARER);
      expect(responses[0]?.body === "").toBe(method === "HEAD");
      expect(handled).toBe(1);
    },
  );

  it("an absolute target and a query with a token are not read for credentials", async () => {
    const { responses } = await onEachServer(auth, async (world, send) => {
      const token = await world.issue();
      await send([], `GET /?api_key=${token}&access_token=${token}`);
      await send([], `GET http://user:${token}@api.test/`);
    });
    expect(responses.map(({ status }) => status)).toEqual([401, 401]);
  });
});

function auth(world: World): readonly [{ readonly auth: World["keyring"] }] {
  return [{ auth: world.keyring }];
}
