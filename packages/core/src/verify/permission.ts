import { isUnrestricted } from "../restriction/ip-rule.js";
import type { ScopeCatalogue } from "../scope/catalogue.js";
import { oneText } from "../value/one-text.js";
import { ownText } from "../value/own-text.js";
import type { CheckedRequest } from "./read-verify-request.js";
import { ipRuleOf, mayComeAgain, type ReadyKey } from "./ready-key.js";

/**
 * Whether a key was found to permit such a request before. Its record says so for good: restrictions and scopes do not
 * change with time, nor with its gates.
 */
export function isPermittedAgain(ready: ReadyKey, catalogue: ScopeCatalogue<string>, request: CheckedRequest): boolean {
  return (
    ready.permittedBy === catalogue &&
    isSimple(request) &&
    request.scopes[0] === ready.permittedScope &&
    (ready.permittedIp === undefined || ready.permittedIp === request.ip)
  );
}

/**
 * Remembers what a key permits: the last simple request, since most keys are used from where they were used last, for the
 * same.
 */
export function rememberPermission(ready: ReadyKey, catalogue: ScopeCatalogue<string>, request: CheckedRequest): void {
  if (!mayComeAgain(ready) || !isSimple(request)) return;
  const { ip } = request;
  ready.permittedBy = catalogue;
  ready.permittedScope = request.scopes[0];
  ready.permittedIp =
    ip === undefined || isUnrestricted(ipRuleOf(ready)) ? undefined : oneText(ownText(ip, 0, ip.length));
}

function isSimple({ scopes, resources, tenant }: CheckedRequest): boolean {
  return scopes.length <= 1 && resources === undefined && tenant === undefined;
}
