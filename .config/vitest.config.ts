import { defineConfig } from "vitest/config";

export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  resolve: { conditions: ["source", "node"] },
  ssr: { resolve: { conditions: ["source", "node"] } },
  test: {
    include: ["packages/*/{src,test}/**/*.test.ts", "examples/**/*.test.ts"],
    maxWorkers: 2,
  },
});
