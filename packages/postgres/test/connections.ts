/** Of a client, at most: so many, that races are races. */
export const CONNECTIONS = 25;
