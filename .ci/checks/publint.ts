import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { publint as lint } from "publint";
import { formatMessage } from "publint/utils";
import type { Check } from "./check.js";
import { packAll } from "./tarballs.js";

export const publint: Check = {
  name: "publint",
  async run() {
    const problems: string[] = [];
    for (const { tarball } of packAll()) {
      const { buffer } = new Uint8Array(readFileSync(tarball));
      const { messages, pkg } = await lint({ pack: { tarball: buffer }, strict: true, level: "suggestion" });
      problems.push(
        ...messages.map((message) => `${basename(tarball)}: ${formatMessage(message, pkg, { color: false })}`),
      );
    }
    return { summary: `${packAll().length} tarballs, strict`, problems };
  },
};
