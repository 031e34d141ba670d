import { afterEach, expect, it } from "vitest";
import { type DemoProcess, startDemo } from "./demo-process.js";

let demo: DemoProcess | undefined;

afterEach(async () => {
  demo?.child.kill("SIGKILL");
  await demo?.ended;
});

it("--serve leaves the server up, prints requests that work, and ends with 0", async () => {
  demo = startDemo(["--serve"]);
  const output = await demo.outputWith("Press Ctrl-C");

  const token = /^TOKEN=(\S+)$/m.exec(output)?.[1] ?? "";
  const printed = [...output.matchAll(/^# (?<expected>.+)\n(?<curl>curl .+)$/gm)].map(({ groups }) => ({
    ...groups,
  }));
  expect(printed).toHaveLength(7);
  for (const { expected = "", curl = "" } of printed) {
    const statuses = await runCurl(curl, token);
    expect({ curl, statuses: [...new Set(statuses)] }).toEqual({
      curl,
      statuses: expected.match(/\b\d{3}\b/g)?.map(Number),
    });
  }
  expect(output.split(token)).toHaveLength(2);

  demo.child.kill("SIGINT");
  expect(await demo.ended).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining("The server is stopped, and the key is deleted."),
    stderr: "",
  });
});

/** What curl would send, for the options that the demo uses: the status that each URL gets. */
async function runCurl(line: string, token: string): Promise<readonly number[]> {
  const method = /-X (\w+)/.exec(line)?.[1] ?? "GET";
  const headers = [...line.matchAll(/-H "([^:]+): ([^"]+)"/g)].map(([, name = "", value = ""]): [string, string] => [
    name,
    value.replace("$TOKEN", token),
  ]);
  const pattern = /http:[^"]+$/.exec(line.replace(/"$/, ""))?.[0] ?? "";
  const statuses: number[] = [];
  for (const url of globbed(pattern)) statuses.push((await fetch(url, { method, headers })).status);
  return statuses;
}

/** `…[1-3]` stands for three URLs. */
function globbed(pattern: string): readonly string[] {
  const last = /\[1-(\d+)\]$/.exec(pattern)?.[1];
  if (last === undefined) return [pattern];
  return Array.from({ length: Number(last) }, (_, index) => pattern.replace(/\[.+$/, String(index + 1)));
}
