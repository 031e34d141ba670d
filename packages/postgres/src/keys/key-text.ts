import { isKeyState, type Limit, type Metadata, type Restrictions } from "@claviger/core";
import { type KeyRow, READ_CELLS, rotationCells } from "./key-cells.js";
import { sharedValues } from "./shared-json.js";

/** Between the cells. JSON writes it as an escape, and names hold it rarely. */
const SEPARATOR = "\u001f";
const CELLS = READ_CELLS.length + 1;

/** What does not stand in an array of scopes. */
const UNPLAIN: readonly string[] = ['"', "\\", "NULL"];

const limitsOf = sharedValues<readonly Limit[]>(JSON.parse);
const restrictionsOf = sharedValues<Restrictions>(JSON.parse);
const metadataOf = sharedValues<Metadata>(JSON.parse);
const scopesOf = sharedValues(readArray);

/**
 * A row of the keys as one text, in SQL: the cells of `keyCells`, one behind the other, of which null is empty. PostgreSQL
 * writes it faster than JSON, and what many keys have alike need not be read anew of each.
 */
export function keyText(alias: string): string {
  const cells = [...READ_CELLS.map((name) => `${alias}.${name}`), rotationCells(alias)];
  // Not by `concat`, which takes each separator for a value of its own, and looks up how to write one of its type.
  return `pg_catalog.format(E'${cells.map(() => "%s").join("\\x1f")}', ${cells.join(", ")})`;
}

/** @returns undefined: the text does not tell, since a name holds the separator or the row is damaged; JSON does */
export function readKeyText(text: string): KeyRow | undefined {
  const cells = text.split(SEPARATOR);
  if (cells.length !== CELLS) return undefined;
  // biome-ignore format: as the cells stand in READ_CELLS
  const [
    state, id = "", tenant = "", version, createdAt, updatedAt, head = "", createdBy, owner, name,
    scopes = "", limits, restrictions, metadata, expiresAt = "", notBefore = "", lastUsedAt = "", secretVersion = "",
    alg = "", pepper = "", hex = "", rotation = "",
  ] = cells;
  if (state === undefined || !isKeyState(state)) return undefined;
  if (state === "destroyed")
    return [state, id, tenant, Number(version), Number(createdAt), Number(updatedAt), textOrNull(head)];
  const granted = scopesOf(scopes);
  // Empty where there must be something: as PostgreSQL writes null.
  const isWhole = createdBy && owner && name && limits && restrictions && metadata;
  if (granted === undefined || !isWhole) return undefined;
  // biome-ignore format: as the cells stand in READ_CELLS
  return [
    state, id, tenant, Number(version), Number(createdAt), Number(updatedAt), textOrNull(head), createdBy, owner, name,
    granted, limitsOf(limits), restrictionsOf(restrictions), metadataOf(metadata), numberOrNull(expiresAt),
    numberOrNull(notBefore), numberOrNull(lastUsedAt), numberOrNull(secretVersion),
    textOrNull(alg), textOrNull(pepper), textOrNull(hex), rotation === "" ? null : JSON.parse(rotation),
  ];
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
