// What does not compile. A program for tsc: nothing of it runs.
import { expectTypeOf } from "vitest";
import type { ApiKey, DenialCode, Keyring, Verdict } from "../../src/index.js";

export async function isNarrowedByOk(keyring: Keyring): Promise<DenialCode | string> {
  const verdict = await keyring.verify("token");
  expectTypeOf(verdict).toEqualTypeOf<Verdict>();
  // @ts-expect-error before `ok` was looked at there is no key
  verdict.key;
  // @ts-expect-error nor a code
  verdict.code;
  if (!verdict.ok) {
    // @ts-expect-error a denial has no key
    verdict.key;
    expectTypeOf(verdict.keyId).toEqualTypeOf<string | undefined>();
    return verdict.code;
  }
  // @ts-expect-error an acceptance has no code
  verdict.code;
  expectTypeOf(verdict.key).toEqualTypeOf<ApiKey>();
  return verdict.key.id;
}

export function keysAreForReading(key: ApiKey): void {
  // @ts-expect-error
  key.name = "Another";
  // @ts-expect-error
  key.scopes.push("a:b");
  // @ts-expect-error a key has no secret and no digest
  key.token ?? key.digest;
}

export async function whatDoesNotBelong(keyring: Keyring): Promise<void> {
  // @ts-expect-error the owner is required
  await keyring.create({ name: "A key" });
  // @ts-expect-error the tenant is no field of the input
  await keyring.create({ owner: "user_1", name: "A key", tenant: "t_1" });
  // @ts-expect-error a text is no time
  await keyring.create({ owner: "user_1", name: "A key", expiresAt: "2030-01-01" });
  // @ts-expect-error nor is this a duration
  await keyring.create({ owner: "user_1", name: "A key", expiresIn: "90 days" });
  // @ts-expect-error the owner cannot be changed
  await keyring.update("id", { owner: "user_2" });
  // @ts-expect-error only a revocation can be a leak
  await keyring.disable("id", { leaked: true });
  // @ts-expect-error only a rotation overlaps
  await keyring.revoke("id", { overlap: 0 });
  // @ts-expect-error a deleted key is in no list
  await keyring.list({ status: "destroyed" });
  expectTypeOf(keyring.delete).returns.resolves.toEqualTypeOf<void>();
}
