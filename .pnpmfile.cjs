// What is packed never points at TypeScript: the condition `source` leads to src in this tree only.

/** @param {unknown} node @returns {unknown} */
function withoutSource(node) {
  if (typeof node !== "object" || node === null) return node;
  const kept = Object.entries(node).filter(([condition]) => condition !== "source");
  return Object.fromEntries(kept.map(([condition, target]) => [condition, withoutSource(target)]));
}

/** @param {Record<string, unknown>} manifest */
function beforePacking({ devDependencies, scripts, ...manifest }) {
  for (const map of ["exports", "imports"]) {
    if (map in manifest) manifest[map] = withoutSource(manifest[map]);
  }
  return manifest;
}

module.exports = { hooks: { beforePacking } };
