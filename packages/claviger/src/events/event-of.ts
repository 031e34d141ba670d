import { drawBase62, type RandomSource } from "@claviger/core";

/** Who acts where nobody was named: the application itself. */
export const SYSTEM = "system";

const EVENT_ID_LENGTH = 22;

/** A fresh id for an event: 131 bits. */
export function eventId(random: RandomSource): string {
  return drawBase62(EVENT_ID_LENGTH, random);
}

/** Why an act was done, and from where. */
export interface ActTerms {
  readonly reason: string | undefined;
  readonly address: string | undefined;
}

/** What every event says of an act, besides what the act was about. */
export interface EventFrame {
  readonly id: string;
  readonly actor: string;
  readonly at: number;
  readonly reason?: string;
  readonly address?: string;
}

/**
 * An event of what an act was about.
 *
 * @param atMs epoch ms
 */
export function eventOf<About extends object>(
  about: About,
  { reason, address }: ActTerms,
  id: string,
  atMs: number,
): About & EventFrame {
  return {
    ...about,
    id,
    actor: SYSTEM,
    at: atMs,
    ...(reason !== undefined && { reason }),
    ...(address !== undefined && { address }),
  };
}
