import { isKeyState, type Limit, type Metadata, type Restrictions } from "@claviger/core";
import { CellReader, SEPARATOR } from "./cell-reader.js";
import type { KeyRow, RotationCells } from "./key-cells.js";
import { sharedValues } from "./shared-json.js";

/** What few keys have, by which it stands together: most often one look tells that all of it is empty. */
const ROTATION: readonly string[] = [
  ...["previous_alg", "previous_pepper", "previous_hex"],
  ...["rotation_started_at", "previous_secret_version", "previous_ends_at", "previous_expires_at"],
];

/** What many keys have alike, at the end. */
const GRANT: readonly string[] = ["limits", "restrictions", "scopes"];

/** Type by type: `format` looks up how to write a value wherever the one before it was of another type. */
const CELLS: readonly string[] = [
  ...["state", "id", "tenant", "head", "created_by", "owner", "name", "digest_alg", "digest_pepper", "digest_hex"],
  ...ROTATION,
  ...["version", "created_at", "updated_at", "expires_at", "not_before", "last_used_at", "secret_version"],
  ...["xmin", "ctid", "metadata", ...GRANT],
];

/** What does not stand in an array of scopes. */
const UNPLAIN: readonly string[] = ['"', "\\", "NULL"];

/** As a tombstone has it: nothing. */
const NO_GRANT = SEPARATOR.repeat(GRANT.length - 1);

interface Grant {
  readonly limits: readonly Limit[];
  readonly restrictions: Restrictions;
  readonly scopes: readonly string[];
}

const metadataOf = sharedValues<Metadata>(JSON.parse);
const grantOf = sharedValues(readGrant);

/**
 * A row of the keys as one text, in SQL: one cell behind the other, of which null is empty. PostgreSQL writes it faster
 * than JSON, and what many keys have alike need not be read anew of each.
 */
export function keyText(alias: string): string {
  const cells = CELLS.map((name) => `${alias}.${name}`);
  // Not by `concat`, which takes each separator for a value of its own, and looks up how to write one of its type.
  return `pg_catalog.format(E'${cells.map(() => "%s").join("\\x1f")}', ${cells.join(", ")})`;
}

/** @returns undefined: the text does not tell, since a name holds the separator or the row is damaged; JSON does */
export function readKeyText(text: string): KeyRow | undefined {
  const cells = new CellReader(text);
  const state = cells.next();
  const id = cells.next();
  const tenant = cells.next();
  const head = textOrNull(cells.next());
  const createdBy = cells.next();
  const owner = cells.next();
  const name = cells.next();
  const alg = textOrNull(cells.next());
  const pepper = textOrNull(cells.next());
  const hex = textOrNull(cells.next());
  const rotation = cells.skipEmpty(ROTATION.length) ? null : readRotation(cells);
  const version = Number(cells.next());
  const createdAt = Number(cells.next());
  const updatedAt = Number(cells.next());
  const expiresAt = numberOrNull(cells.next());
  const notBefore = numberOrNull(cells.next());
  const lastUsedAt = numberOrNull(cells.next());
  const secretVersion = numberOrNull(cells.next());
  const writer = cells.next();
  const place = cells.next();
  const metadata = cells.next();
  // With a separator that is none between cells, these are not all that is left, nor in their places.
  const rest = cells.rest();
  if (!isKeyState(state)) return undefined;
  if (state === "destroyed")
    return rest === NO_GRANT ? [state, id, tenant, version, createdAt, updatedAt, head] : undefined;
  const grant = grantOf(rest);
  // Empty where there must be something: as PostgreSQL writes null.
  if (grant === undefined || !(createdBy && owner && name && metadata)) return undefined;
  const { scopes, limits, restrictions } = grant;
  // biome-ignore format: as the cells stand in keyCells, and the version of the row
  return [
    state, id, tenant, version, createdAt, updatedAt, head, createdBy, owner, name,
    scopes, limits, restrictions, metadataOf(metadata), expiresAt, notBefore, lastUsedAt, secretVersion,
    alg, pepper, hex, rotation, writer, place,
  ];
}

/** @returns null: there is none, whatever else stands in its cells */
function readRotation(cells: CellReader): RotationCells | null {
  const alg = textOrNull(cells.next());
  const pepper = textOrNull(cells.next());
  const hex = textOrNull(cells.next());
  const startedAt = numberOrNull(cells.next());
  const secretVersion = numberOrNull(cells.next());
  const endsAt = numberOrNull(cells.next());
  const expiresAt = numberOrNull(cells.next());
  return startedAt === null ? null : [startedAt, alg, pepper, hex, secretVersion, endsAt, expiresAt];
}

function readGrant(text: string): Grant | undefined {
  const [limits, restrictions, array = "", ...more] = text.split(SEPARATOR);
  const scopes = readArray(array);
  return more.length === 0 && limits && restrictions && scopes
    ? { limits: JSON.parse(limits), restrictions: JSON.parse(restrictions), scopes }
    : undefined;
}

/** An array of texts as PostgreSQL writes it. @returns undefined: one of them had to be quoted, or is none, or an array */
function readArray(text: string): readonly string[] | undefined {
  if (text === "{}") return [];
  if (text.lastIndexOf("{") !== 0 || UNPLAIN.some((mark) => text.includes(mark))) return undefined;
  return text.slice(1, -1).split(",");
}

function textOrNull(cell: string): string | null {
  return cell === "" ? null : cell;
}

function numberOrNull(cell: string): number | null {
  return cell === "" ? null : Number(cell);
}
