import type { ListedStatus } from "../key/key-state.js";

/** A place in the order of (createdAt, id). */
export interface ListPosition {
  readonly createdAt: number;
  readonly id: string;
}

/** Filters are joined by "and". */
export interface ListQuery {
  readonly tenant: string;
  readonly owner?: string;
  /** At `nowMs`. */
  readonly status?: ListedStatus;
  /** Keys that hold at least one of these grants, literally; core has worked out which grants cover the scope asked for. */
  readonly grants?: readonly string[];
  /** Folded by core's `foldText`: a substring of the key's `searchText`. */
  readonly search?: string;
  readonly order: "newest" | "oldest";
  /** Exclusive: the last position already seen. */
  readonly after?: ListPosition;
  /** At most so many items, 1 to 100. */
  readonly limit: number;
  /** Epoch ms, for `status`. */
  readonly nowMs: number;
}

export interface ListPage<Item> {
  /** May be short, even empty, while `next` is set. */
  readonly items: readonly Item[];
  /** Where the next page begins; absent: there is none. */
  readonly next?: ListPosition;
}
