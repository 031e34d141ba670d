/** Changes whatever of a value lets itself be changed. */
export function vandalise(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const name of Object.keys(value)) {
    vandalise(Reflect.get(value, name));
    Reflect.set(value, name, "vandalised");
  }
  Reflect.set(value, "added", "vandalised");
}
