import type { RequestListener } from "node:http";
import { describe, expect, it } from "vitest";
import { explainFailure } from "../src/demo/explain-failure.js";
import { StepFailed } from "../src/demo/stage.js";
import { APIS, type CreateApi } from "../src/frameworks.js";
import { type Cast, play } from "./play.js";

interface Breakage {
  readonly what: string;
  readonly cast: Cast;
  /** The step that must notice. */
  readonly step: string;
}

const BREAKAGES: readonly Breakage[] = [
  {
    what: "a key that holds its token",
    step: "A key is made, and its token is shown once",
    cast: {
      managed: (keyring) => {
        const tokens = new Map<string, string>();
        return {
          ...keyring,
          async create(input) {
            const issued = await keyring.create(input);
            tokens.set(issued.key.id, issued.token);
            return issued;
          },
          get: async (id) => ({ ...(await keyring.get(id)), metadata: { token: tokens.get(id) ?? "" } }),
        };
      },
    },
  },
  {
    what: "a good key that is denied",
    step: "The token opens what the key's scopes cover",
    cast: { served: (keyring) => ({ ...keyring, verify: async () => ({ ok: false, code: "unknown" }) }) },
  },
  {
    what: "routes that show every owner's invoices",
    step: "The token opens what the key's scopes cover",
    cast: {
      createApi: (keyring, invoicing) =>
        APIS.express.create(keyring, {
          ...invoicing,
          list: () => ({ status: 200, body: { owners: ["anna", "bert"] } }),
        }),
    },
  },
  {
    what: "scopes that nobody enforces",
    step: "A scope that the key lacks",
    cast: { served: (keyring) => ({ ...keyring, scopes: { ...keyring.scopes, missing: () => [] } }) },
  },
  {
    what: "an update that changes nothing",
    step: "A scope that the key lacks",
    cast: { managed: (keyring) => ({ ...keyring, update: (id) => keyring.get(id) }) },
  },
  {
    what: "a database that is asked about mistyped tokens",
    step: "A mistyped token costs the database nothing",
    cast: {
      served: (keyring) => ({
        ...keyring,
        async verify(token, request) {
          await keyring.list();
          return keyring.verify(token, request);
        },
      }),
    },
  },
  {
    what: "a limit that does not limit",
    step: "A limit is reached, and the answer says when to come back",
    cast: { managed: (keyring) => ({ ...keyring, create: ({ limits: _, ...input }) => keyring.create(input) }) },
  },
  {
    what: "a wait that is not enough",
    step: "A limit is reached, and the answer says when to come back",
    cast: { wait: async () => undefined },
  },
  {
    what: "an old token that outlives its rotation",
    step: "The secret is rotated while clients go on",
    cast: { managed: (keyring) => ({ ...keyring, finishRotation: (id) => keyring.get(id) }) },
  },
  {
    what: "an old token that dies when its rotation begins",
    step: "The secret is rotated while clients go on",
    cast: { managed: (keyring) => ({ ...keyring, rotate: (id) => keyring.rotate(id, { overlap: 0 }) }) },
  },
  {
    what: "a disable that does nothing",
    step: "Disabled, and enabled again",
    cast: { managed: (keyring) => ({ ...keyring, disable: (id) => keyring.get(id) }) },
  },
  {
    what: "an enable that does nothing",
    step: "Disabled, and enabled again",
    cast: { managed: (keyring) => ({ ...keyring, enable: (id) => keyring.get(id) }) },
  },
  {
    what: "a revoke that does nothing",
    step: "Revoked, for good",
    cast: { managed: (keyring) => ({ ...keyring, revoke: (id) => keyring.get(id) }) },
  },
  {
    what: "a revoke that can be undone",
    step: "Revoked, for good",
    cast: { managed: (keyring) => ({ ...keyring, revoke: (id) => keyring.disable(id) }) },
  },
  {
    what: "answers that tell one refused token from another",
    step: "Whoever is refused learns nothing more",
    cast: { createApi: numberedAnswers },
  },
];

describe("a broken promise fails the story, which names the step:", () => {
  it.each(BREAKAGES)("$what", async ({ cast, step }) => {
    const { failure, transcript } = await play(cast);

    expect(failure).toBeInstanceOf(StepFailed);
    expect(failure).toMatchObject({ step });
    expect(explainFailure(failure)).toContain(`not as promised: “${step}”: not so: `);
    expect(transcript.trimEnd().split("\n").at(-1)).toMatch(/^ {3}✗ /);
  });

  it("a step that cannot be played", async () => {
    const outage = new Error("the lights went out");
    const { failure, transcript } = await play({
      managed: (keyring) => ({ ...keyring, rotate: () => Promise.reject(outage) }),
    });

    expect(failure).toMatchObject({
      name: "StepFailed",
      step: "The secret is rotated while clients go on",
      cause: outage,
    });
    expect(transcript).toContain("✗ the step could not be played: the lights went out");
  });
});

/** The API, with a field in each answer that no two have alike. */
function numberedAnswers(...given: Parameters<CreateApi>): RequestListener {
  const api = APIS.express.create(...given);
  let answers = 0;
  return (request, response) => {
    answers += 1;
    response.setHeader("X-Answer", String(answers));
    api(request, response);
  };
}
