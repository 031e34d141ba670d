// mocha brings no declarations, and @types/mocha would declare its globals for every test of this package.
declare module "mocha" {
  type Runner = import("@claviger/store-conformance").Runner;
  export const describe: Runner["describe"];
  export const it: Runner["it"];
  export const beforeEach: Runner["beforeEach"];
  export const afterEach: Runner["afterEach"];
}
