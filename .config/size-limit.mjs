// How large packages may be, minified and gzipped, as an ES module for Node; `pnpm check sizes` holds it. Sources are
// measured, not builds, so that no stale dist tells yesterday's figures. docs/decisions/035-sizes.md says what is in them.

/** @param {{ platform?: string, format?: string, conditions?: string[] }} options esbuild's */
function forNode(options) {
  return { ...options, platform: "node", format: "esm", conditions: ["source", "node"] };
}

/** @param {string} name @param {string} limit @param {string[]} [ignore] what it stands on, and is not counted */
function measured(name, limit, ignore = []) {
  const path = `../packages/${name}/src/index.ts`;
  return { name, path, limit, gzip: true, ignore, modifyEsbuildConfig: forNode };
}

const BELOW_FRAMEWORKS = ["@claviger/http", "claviger", "hono"];

export default [
  measured("claviger", "48 kB"),
  measured("http", "6 kB", ["claviger"]),
  measured("express", "2 kB", BELOW_FRAMEWORKS),
  measured("hono", "2 kB", BELOW_FRAMEWORKS),
  measured("koa", "2 kB", BELOW_FRAMEWORKS),
];
