import { MAX_SCOPE_LENGTH } from "../bounds.js";
import { ANY_REST, ANY_SEGMENT } from "./grammar.js";

/** The one grant that takes in exactly the scopes that both grants take in; undefined where there is no such scope. */
export function meet(a: string, b: string): string | undefined {
  const [x, y] = [shapeOf(a), shapeOf(b)];
  const length = Math.max(x.segments.length, y.segments.length);
  if (!reaches(x, length) || !reaches(y, length)) return undefined;
  const segments: string[] = [];
  for (let index = 0; index < length; index += 1) {
    const segment = meetSegments(x.segments[index] ?? ANY_SEGMENT, y.segments[index] ?? ANY_SEGMENT);
    if (segment === undefined) return undefined;
    segments.push(segment);
  }
  return shortened((x.open && y.open ? [...segments.slice(0, -1), ANY_REST] : segments).join(":"));
}

/** `**` read as a last `*` after which any number of segments may follow. */
interface Shape {
  readonly segments: readonly string[];
  readonly open: boolean;
}

function shapeOf(grant: string): Shape {
  const segments = grant.split(":");
  const open = segments.at(-1) === ANY_REST;
  return { segments: open ? [...segments.slice(0, -1), ANY_SEGMENT] : segments, open };
}

function reaches(shape: Shape, length: number): boolean {
  return shape.open || shape.segments.length === length;
}

function meetSegments(a: string, b: string): string | undefined {
  if (a === ANY_SEGMENT) return b;
  return b === ANY_SEGMENT || a === b ? a : undefined;
}

/** One character too long, `…:**` takes in only scopes of the full length, whose last segment is one character. */
function shortened(grant: string): string {
  return grant.length === MAX_SCOPE_LENGTH + 1 && grant.endsWith(ANY_REST) ? grant.slice(0, -1) : grant;
}
