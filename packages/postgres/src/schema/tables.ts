import { describeValue } from "@claviger/core";

const IDENTIFIER = /^[a-z_][a-z0-9_]{0,47}$/;
const ALLOWED = "a lower-case identifier of 1 to 48 characters (a-z, 0-9, _; no digit first)";

/** Where the tables are. */
export interface TableNames {
  /** The schema that holds them; `claviger` unless given. */
  readonly schema?: string;
  /** Before each table's name; nothing unless given. */
  readonly tablePrefix?: string;
}

/**
 * Names as they stand in a statement: schema-qualified and quoted, so no `search_path` matters. For functions, and for
 * operators on arrays or between different types, statements do the same by `pg_catalog`: where another role may create
 * functions in a schema on the path, one of its own that fits the arguments better would be called in their place. What
 * is left, operators that fit exactly and types, PostgreSQL looks up in `pg_catalog` first, but for the session's own
 * temporary types, which come before that; an application that puts it elsewhere in its `search_path` must trust whoever
 * may create objects in the schemas before it.
 */
export interface Tables {
  readonly schema: string;
  readonly keys: string;
  readonly owners: string;
  readonly meters: string;
  readonly events: string;
  readonly usageCounts: string;
  readonly sightings: string;
  readonly settings: string;
  readonly suspensions: string;
  readonly anchors: string;
  readonly schemaVersion: string;
  /** An index is named without its schema when it is made. */
  index(name: string): string;
  /** As a caller writes it, for messages. */
  readonly options: Required<TableNames>;
}

/**
 * The longest prefix and the longest name of a table or index, 48 + 14, fit into the 63 bytes of a PostgreSQL identifier.
 *
 * @throws TypeError naming the option, what is allowed and what was given
 */
export function tablesOf({ schema = "claviger", tablePrefix = "" }: TableNames): Tables {
  if (!isIdentifier(schema)) throw refusal("schema", ALLOWED, schema);
  if (tablePrefix !== "" && !isIdentifier(tablePrefix))
    throw refusal("tablePrefix", `${ALLOWED}, or empty`, tablePrefix);
  const table = (name: string): string => `"${schema}"."${tablePrefix}${name}"`;
  return {
    schema,
    keys: table("keys"),
    owners: table("owners"),
    meters: table("meters"),
    events: table("events"),
    usageCounts: table("usage_counts"),
    sightings: table("sightings"),
    settings: table("settings"),
    suspensions: table("suspensions"),
    anchors: table("anchors"),
    schemaVersion: table("schema_version"),
    index: (name) => `"${tablePrefix}${name}"`,
    options: { schema, tablePrefix },
  };
}

function isIdentifier(value: unknown): boolean {
  return typeof value === "string" && IDENTIFIER.test(value);
}

function refusal(option: string, allowed: string, given: unknown): TypeError {
  return new TypeError(`${option} must be ${allowed}; got ${describeValue(given)}`);
}
