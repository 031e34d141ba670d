import type { Stage } from "./stage.js";
import { step } from "./stage.js";
import { compareRefusals } from "./steps/compare-refusals.js";
import { disableAndEnable } from "./steps/disable-and-enable.js";
import { lackScope } from "./steps/lack-scope.js";
import { makeKey } from "./steps/make-key.js";
import { mistypeToken } from "./steps/mistype-token.js";
import { reachLimit } from "./steps/reach-limit.js";
import { revokeKey } from "./steps/revoke-key.js";
import { rotateKey } from "./steps/rotate-key.js";
import { useKey } from "./steps/use-key.js";

/**
 * The life of a key, from the first request to the last.
 *
 * @throws StepFailed naming the first step that was not as promised
 */
export async function playStory(stage: Stage): Promise<void> {
  const { key, token } = await step(stage, "A key is made, and its token is shown once", () => makeKey(stage));

  await step(stage, "The token opens what the key's scopes cover", () => useKey(stage, token));

  await step(stage, "A scope that the key lacks", () => lackScope(stage, key.id, token));

  const mistyped = await step(stage, "A mistyped token costs the database nothing", () => mistypeToken(stage, token));

  await step(stage, "A limit is reached, and the answer says when to come back", () => reachLimit(stage));

  const { former, fresh } = await step(stage, "The secret is rotated while clients go on", () =>
    rotateKey(stage, key.id, token),
  );

  const disabled = await step(stage, "Disabled, and enabled again", () => disableAndEnable(stage, key.id, fresh));

  const revoked = await step(stage, "Revoked, for good", () => revokeKey(stage, key.id, fresh));

  await step(stage, "Whoever is refused learns nothing more", () =>
    compareRefusals(stage, [mistyped, former, disabled, revoked]),
  );
}
