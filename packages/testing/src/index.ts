export { type CountingStore, countingStore, NO_CALLS } from "./counting-store.js";
export { type FakeClock, fakeClock } from "./fake-clock.js";
export { withPoisonedAmbience } from "./poison.js";
export { startTransactionPooler, type TransactionPooler } from "./pooler/transaction-pooler.js";
export { type PostgresServer, startPostgres } from "./postgres-server.js";
export { type RecordingStore, recordingStore } from "./recording-store.js";
export { seededRandom } from "./seeded-random.js";
export { createTestDatabase, type TestDatabase } from "./test-database.js";
