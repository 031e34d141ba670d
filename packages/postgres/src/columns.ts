/** Columns and their types, as a statement reads them from a JSON parameter or writes them to a JSON result. */
export type Columns<Name extends string> = Readonly<Record<Name, string>>;

/** `id, tenant, …` */
export function columnList(columns: Columns<string>): string {
  return Object.keys(columns).join(", ");
}

/** `alias.id, alias.tenant, …` */
export function columnsOf(alias: string, columns: Columns<string>): string {
  return Object.keys(columns)
    .map((name) => `${alias}.${name}`)
    .join(", ");
}

/** `id = alias.id, tenant = alias.tenant, …` */
export function assignments(alias: string, columns: Columns<string>): string {
  return Object.keys(columns)
    .map((name) => `${name} = ${alias}.${name}`)
    .join(", ");
}

/**
 * A row out of one JSON parameter: `pg_catalog.json_to_record($1::text::json) AS alias(id text, …)`. By way of text,
 * since postgres.js would encode a parameter of type json once more.
 */
export function rowFrom(parameter: string, alias: string, columns: Columns<string>): string {
  return `pg_catalog.json_to_record(${parameter}::text::json) AS ${alias}(${definitions(columns)})`;
}

/** As {@link rowFrom}, from a JSON array of rows. */
export function rowsFrom(parameter: string, alias: string, columns: Columns<string>): string {
  return `pg_catalog.json_to_recordset(${parameter}::text::json) AS ${alias}(${definitions(columns)})`;
}

/** A row as one JSON object, in SQL. */
export function rowObject(alias: string, columns: Columns<string>): string {
  const members = Object.keys(columns).map((name) => `'${name}', ${alias}.${name}`);
  return `pg_catalog.json_build_object(${members.join(", ")})`;
}

/**
 * A row as one JSON text, in which numbers are numbers and arrays arrays, whatever the driver has been told to make of
 * int8 and text[].
 */
export function jsonText(alias: string, columns: Columns<string>): string {
  return `${rowObject(alias, columns)}::text`;
}

function definitions(columns: Columns<string>): string {
  return Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(", ");
}
