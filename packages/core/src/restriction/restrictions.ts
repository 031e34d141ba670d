/** An allow list, a deny list or both; deny wins. Without `allow` everything that is not denied is allowed. */
export interface AllowDeny {
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
}

/** Where (`ip`: CIDR ranges) and on what (`resources`: exact names, by kind) a key may be used. Absent: anywhere, on anything. */
export interface Restrictions {
  readonly ip?: AllowDeny;
  readonly resources?: { readonly [kind: string]: AllowDeny };
}
