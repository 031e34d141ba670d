import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files in which the whole kit runs over a database: begun last, one of them would keep the run waiting for itself alone. */
const LONG = /(store-conformance|store-cases)[^/]*\.test\.ts$/;

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const long = sorted.filter(({ moduleId }) => LONG.test(moduleId));
    // DynamoDB's takes longest of all.
    long.sort((a, b) => Number(b.moduleId.includes("dynamodb")) - Number(a.moduleId.includes("dynamodb")));
    return [...long, ...sorted.filter((file) => !long.includes(file))];
  }
}
