/** Whose meters one row of the table holds. */
export interface MeterRow {
  readonly tenant: string;
  /** A key's id, or a name that no key has, whose ids are of base62. */
  readonly keyId: string;
}

/** Who is charged, or gets back. */
interface Charged extends MeterRow {
  readonly shared?: { readonly owner: string };
}

/** Parts that go to the rows of a key, of its owner and of its tenant. */
interface Shares<Part> {
  readonly own: readonly Part[];
  readonly ofOwner: readonly Part[];
  readonly ofTenant: readonly Part[];
}

/** One part, and the row that it goes to. */
export interface PartOfRow<Part> extends MeterRow {
  readonly part: Part;
}

const TENANT_ROW = "~tenant";

/** All parts, those of the key first, then its owner's, then its tenant's, each with its row. */
export function partsOfRows<Part>(
  { tenant, keyId, shared }: Charged,
  { own, ofOwner, ofTenant }: Shares<Part>,
): readonly PartOfRow<Part>[] {
  const goingTo = (row: string, parts: readonly Part[]): PartOfRow<Part>[] =>
    parts.map((part) => ({ tenant, keyId: row, part }));
  return [
    ...goingTo(keyId, own),
    ...goingTo(`~owner:${shared?.owner ?? ""}`, ofOwner),
    ...goingTo(TENANT_ROW, ofTenant),
  ];
}

/** Rows, each of them once and with a number, counted from 1 as they are met. */
export interface NumberedRows {
  readonly rows: readonly MeterRow[];
  readonly numberOf: (row: MeterRow) => number;
}

export function numberRows(): NumberedRows {
  const rows: MeterRow[] = [];
  const numbers = new Map<string, Map<string, number>>();
  return {
    rows,
    numberOf({ tenant, keyId }) {
      const ofTenant = numbers.get(tenant) ?? new Map<string, number>();
      numbers.set(tenant, ofTenant);
      const number = ofTenant.get(keyId) ?? rows.push({ tenant, keyId });
      ofTenant.set(keyId, number);
      return number;
    },
  };
}
