import type { VerifyRequest } from "claviger";
import { clientAddress } from "./client-address.js";
import type { Resources } from "./options.js";
import { headerValues } from "./raw-headers.js";
import type { RequestView } from "./request-view.js";

/** What `verify` is asked about a request. */
export type Asked = VerifyRequest & { readonly scopes: readonly string[] };

/** Finds out what to ask; at once, where no hook has to be asked first. */
export type Ask<Request> = (request: Request, view: RequestView) => Asked | Promise<Asked>;

/** A value for every request, or the hook that gives one for each, its result checked. */
export type Setting<Value, Request> =
  | { readonly value: Value; readonly hook?: never }
  | { readonly hook: (request: Request) => Promise<Value> };

/** The settings that say what to ask. */
export interface AskSettings<Request> {
  readonly scopes: Setting<readonly string[], Request>;
  readonly cost: Setting<number, Request>;
  readonly resources: Setting<Resources | undefined, Request>;
  /** Trusted hops, or the hook that knows the address. */
  readonly address: number | ((request: Request) => Promise<string | undefined>);
}

/** Hooks are asked in this order, none before the one before it has answered. */
export function createAsk<Request>({ scopes, cost, resources, address }: AskSettings<Request>): Ask<Request> {
  if (
    scopes.hook === undefined &&
    cost.hook === undefined &&
    resources.hook === undefined &&
    typeof address === "number"
  )
    return (_, view) => askedOf(view, scopes.value, cost.value, resources.value, clientAddress(view, address));
  return async (request, view) =>
    askedOf(
      view,
      await valueFor(scopes, request),
      await valueFor(cost, request),
      await valueFor(resources, request),
      typeof address === "number" ? clientAddress(view, address) : await address(request),
    );
}

function valueFor<Value, Request>(setting: Setting<Value, Request>, request: Request): Value | Promise<Value> {
  return setting.hook === undefined ? setting.value : setting.hook(request);
}

function askedOf(
  view: RequestView,
  scopes: readonly string[],
  cost: number,
  resources: Resources | undefined,
  ip: string | undefined,
): Asked {
  const asked: { -readonly [Field in keyof Asked]: Asked[Field] } = { scopes, cost };
  if (resources !== undefined) asked.resources = resources;
  if (ip !== undefined) asked.ip = ip;
  const client = headerValues(view.rawHeaders, "user-agent")[0];
  if (client !== undefined) asked.client = client;
  return asked;
}
