import type { ActOptions } from "../keyring.js";

/** Whether an owner's keys authenticate. */
export interface OwnerStatus {
  readonly owner: string;
  /** Epoch ms of the suspension; null: he is not suspended. */
  readonly suspendedAt: number | null;
}

/** A tenant's owners. All reject with a `ClavigerError`: `invalid_input`, `store_unavailable`. */
export interface OwnerManager {
  /** One of whom nobody has heard is not suspended. */
  get(owner: string): Promise<OwnerStatus>;

  /**
   * Until `resume`, no key of the owner's authenticates: in every process within `gateStaleMs`, in this one at once. He
   * need hold none. Of one who is suspended already, nothing happens.
   */
  suspend(owner: string, options?: ActOptions): Promise<OwnerStatus>;

  /** His keys authenticate again as they did before. Of one who is not suspended, nothing happens. */
  resume(owner: string, options?: ActOptions): Promise<OwnerStatus>;
}
