export { setup } from "../packages/testing/src/postgres-broker.js";
