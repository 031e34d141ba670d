export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** What the application keeps with a key: JSON, at most 4 KB and 8 levels deep. */
export type Metadata = { readonly [name: string]: JsonValue };
