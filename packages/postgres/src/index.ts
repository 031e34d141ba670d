export type {
  NeonClient,
  PgClient,
  PgliteClient,
  PostgresClient,
  PostgresJsClient,
  SqlValue,
} from "./client/client.js";
export { type PostgresStoreOptions, postgresStore } from "./postgres-store.js";
export { migrate } from "./schema/migrate.js";
export { type Migration, migrations } from "./schema/printed-migrations.js";
export type { TableNames } from "./schema/tables.js";
export type { ListenConnection } from "./signal/listen-connection.js";
