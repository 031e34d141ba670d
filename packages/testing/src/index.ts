export { type CountingStore, countingStore } from "./counting-store.js";
export { type FakeClock, fakeClock } from "./fake-clock.js";
export { withPoisonedAmbience } from "./poison.js";
export { type PostgresServer, startPostgres } from "./postgres-server.js";
export { type RecordingStore, recordingStore } from "./recording-store.js";
export { seededRandom } from "./seeded-random.js";
export {
  AMPLE,
  atOnce,
  changed,
  changeOf,
  countOf,
  findOne,
  freshId,
  insertSample,
  NOW_MS,
  replaceSample,
  sampleKey,
  tombstoneOf,
} from "./store-cases/sample.js";
export { storeCases } from "./store-cases/store-cases.js";
export type { StoreSuite } from "./store-cases/store-suite.js";
export { createTestDatabase, type TestDatabase } from "./test-database.js";
