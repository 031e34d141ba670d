/**
 * What a key may be granted under a catalogue: its scopes, and wildcards over them by segment. So a typo does not
 * compile, `invoices:*` does, and `invoice:*` does not. `Grant<string>` is any string.
 */
export type Grant<Scope extends string> = string extends Scope ? string : Scope extends string ? Wider<Scope> : never;

type Wider<Text extends string> = Text extends `${infer Head}:${infer Tail}`
  ? `${Head | "*"}:${Wider<Tail>}` | "**"
  : Text | "*" | "**";
