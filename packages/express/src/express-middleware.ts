import type { Fields, NodeRequest, Refused } from "@claviger/http";
import type { ApiKey, RegisteredGrant } from "claviger";

declare global {
  namespace Express {
    interface Request {
      /** The key that the request was admitted with; there behind `apiKeyAuth`. */
      apiKey: ApiKey<RegisteredGrant>;
    }
  }
}

/**
 * What is used of Express's request and response. Express brings no types of its own, and not everyone has
 * @types/express: these are a part of what those say, so that the middleware fits them and compiles without.
 */
export interface ExpressRequest extends NodeRequest, Express.Request {}

export interface ExpressResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

export type ExpressMiddleware<Request extends ExpressRequest = ExpressRequest> = (
  req: Request,
  res: ExpressResponse,
  next: (error?: unknown) => void,
) => void;

export function setFields(res: ExpressResponse, fields: Fields): void {
  for (const [name, value] of Object.entries(fields)) res.setHeader(name, value);
}

export function send(res: ExpressResponse, refused: Refused): void {
  res.statusCode = refused.status;
  setFields(res, refused.headers);
  res.end(refused.body);
}
