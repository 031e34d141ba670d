/** What someone might give for an id, a tenant or a name. Not every one can be stored. */
export const HOSTILE_TEXTS: readonly string[] = [
  "",
  " ",
  "__proto__",
  "constructor",
  "a\0b",
  "\ud800",
  "\udc00\ud800",
  '"},{"',
  "{a,b}",
  "\\",
  "'; DROP TABLE keys; --",
  "NULL",
  "ä🔑".repeat(1_000),
  "x".repeat(1_000_000),
];
