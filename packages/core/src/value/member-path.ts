import { redactTokens } from "../token/redact.js";

const MAX_SHOWN = 200;

/**
 * How errors name a member: `limits[0].per`. The root itself goes by its own name. A caller may have named a member
 * by a token, which does not show.
 *
 * @param root what the whole value is called; ends with a dot where members are named with it (`settings.`)
 */
export function memberPath(root: string, path: readonly PropertyKey[]): string {
  if (path.length === 0) return root.endsWith(".") ? root.slice(0, -1) : root;
  const inside = path.reduce<string>((text, name) => {
    if (typeof name === "number") return `${text}[${name}]`;
    const shown = String(name).slice(0, MAX_SHOWN);
    return text === "" ? shown : `${text}.${shown}`;
  }, "");
  return redactTokens(root.endsWith(".") ? root + inside : inside).slice(0, MAX_SHOWN);
}
