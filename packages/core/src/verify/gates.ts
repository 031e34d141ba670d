/** What stands between a key and its use besides the key itself: the switches of its tenant and of its owner. */
export interface Gates {
  readonly tenantEnabled: boolean;
  readonly ownerSuspended: boolean;
}
