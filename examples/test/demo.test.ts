import { describe, expect, it } from "vitest";
import { APIS, FRAMEWORKS } from "../src/frameworks.js";
import { play } from "./play.js";

const STEPS = 9;
const WHOLE_TOKEN = /acme_demo_[0-9A-Za-z]{16}_[0-9A-Za-z]{38}/g;

describe.each(FRAMEWORKS)("the story on %s", (framework) => {
  it("is as promised, step by step", async () => {
    const { transcript, failure } = await play({ createApi: APIS[framework].create });

    expect(failure).toBeUndefined();
    expect(transcript.match(/^\d+\. /gm)).toHaveLength(STEPS);
    expect(transcript).not.toContain("✗");
  });

  it("KF-14, promise 5: shows one token, once", async () => {
    const { transcript } = await play({ createApi: APIS[framework].create });

    expect(transcript.match(WHOLE_TOKEN)).toHaveLength(1);
    const [shown = ""] = transcript.match(WHOLE_TOKEN) ?? [];
    expect(transcript.split(shown.slice(-38))).toHaveLength(2);
  });
});

it("is the same story in every framework, to the letter", async () => {
  const transcripts = await Promise.all(
    FRAMEWORKS.map(async (framework) => (await play({ createApi: APIS[framework].create })).transcript),
  );

  const [first, ...others] = transcripts.map(withoutChance);
  for (const other of others) expect(other).toBe(first);
});

/** Ids and secrets are drawn anew for each key. */
function withoutChance(transcript: string): string {
  return transcript.replaceAll(/(?<![0-9A-Za-z])(?:[0-9A-Za-z]{16}|[0-9A-Za-z]{38})(?![0-9A-Za-z])/g, "…");
}
