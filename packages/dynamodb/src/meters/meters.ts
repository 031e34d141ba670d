import { type MeterStore, PartialFault } from "@claviger/core";
import type { Database } from "../client/database.js";
import { createKeyLanes } from "./key-lanes.js";

const US_PER_MS = 1000;

/** @param writerName of this store in this process, without a colon */
export function prepareMeters(database: Database, writerName: string): MeterStore {
  const workOn = createKeyLanes(database, writerName);
  return {
    async consume(requests, nowMs) {
      const nowUs = nowMs * US_PER_MS;
      const outcomes = await workOn(requests);
      const answers = outcomes.map((outcome) => outcome.spent && { ...outcome.spent, nowUs });
      const answered = answers.filter((answer) => answer !== undefined);
      if (answered.length === requests.length) return answered;
      const cause = outcomes.find((outcome) => outcome.spent === undefined)?.fault;
      throw answered.length === 0 ? cause : new PartialFault(answers, cause);
    },
    async refund(requests) {
      const undone = (await workOn(requests)).find((outcome) => outcome.spent === undefined);
      if (undone !== undefined) throw undone.fault;
    },
  };
}
