import type { Order, Place } from "./order.js";

export interface PageRequest {
  readonly order: "newest" | "oldest";
  /** Exclusive. */
  readonly after?: Place | undefined;
  readonly limit: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** The place of the last item, where more follow. */
  readonly last?: Place;
}

/** One page of the items at these places. @param read the item at a place; undefined where it does not match */
export function pageOf<Item>(order: Order, request: PageRequest, read: (id: string) => Item | undefined): Page<Item> {
  const items: Item[] = [];
  let last: Place | undefined;
  for (const place of walk(order, request)) {
    const item = read(place.id);
    if (item === undefined) continue;
    if (last !== undefined && items.length === request.limit) return { items, last };
    items.push(item);
    last = place;
  }
  return { items };
}

function* walk(order: Order, { order: direction, after }: PageRequest): Generator<Place> {
  const step = direction === "oldest" ? 1 : -1;
  for (let index = firstIndex(order, step, after); ; index += step) {
    const place = order.at(index);
    if (place === undefined) return;
    yield place;
  }
}

function firstIndex(order: Order, step: 1 | -1, after: Place | undefined): number {
  if (step === 1) return after === undefined ? 0 : order.countThrough(after);
  return (after === undefined ? order.size : order.countBefore(after)) - 1;
}
