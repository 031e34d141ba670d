import type { Keyring, RegisteredScope } from "claviger";

type InvoicingKeyring = Keyring<RegisteredScope>;

/**
 * Lends out a keyring, and deletes the keys that were made with it when the work is done, however it ended: a demo over
 * somebody's database leaves no key that works.
 *
 * @throws what the work threw, even where the keys cannot be deleted either
 */
export async function tidyAfter(
  keyring: InvoicingKeyring,
  work: (lent: InvoicingKeyring) => Promise<void>,
): Promise<void> {
  const made: string[] = [];
  const tidy = () => Promise.all(made.map((id) => keyring.delete(id, { reason: "the demo is over" })));
  const lent: InvoicingKeyring = {
    ...keyring,
    async create(input) {
      const issued = await keyring.create(input);
      made.push(issued.key.id);
      return issued;
    },
  };
  try {
    await work(lent);
  } catch (error) {
    await tidy().catch(() => undefined);
    throw error;
  }
  await tidy();
}
