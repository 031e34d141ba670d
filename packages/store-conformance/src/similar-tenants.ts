/** What a careless comparison takes for the same tenant, or for any. */
export function similarTenants(tenant: string): string[] {
  return [tenant.toUpperCase(), `${tenant} `, `${tenant}%`, tenant.slice(0, -1), "%", ""];
}
