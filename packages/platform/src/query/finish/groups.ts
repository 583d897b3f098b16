import { add, compare, type Decimal, decimal } from "@trimtab/domain";
import type { CellValue, ResultSet } from "../../lake/result-set.ts";
import type { PartValues } from "../model/measures.ts";
import type { Part, PartId } from "../model/parts.ts";
import { isKeptInTotals, type QueryPlan } from "../plan.ts";

export type PartCell = Decimal | string | null;
export type KeyCell = string | null;

/** One line of the statement's answer: its keys in the plan's order, its parts in this period and the one before. */
export interface Group {
  readonly keys: readonly KeyCell[];
  readonly current: readonly PartCell[];
  readonly previous?: readonly PartCell[];
}

export interface Groups {
  readonly rows: readonly Group[];
  /** The exact rest of a `top` that SQL cut, per bucket of time. */
  readonly rest: readonly Group[];
  /** One, or one per currency and stretch of one rate. */
  readonly totals: readonly Group[];
  readonly count: number;
}

export const decodeGroups = (plan: QueryPlan, { rows }: ResultSet): Groups => {
  const keyCount = plan.keys.length;
  const partCount = plan.parts.length;
  const byKind = Map.groupBy(rows, (row) => Number(row[0]));
  const decode = (row: readonly CellValue[]): Group => {
    const parts = (from: number) =>
      plan.parts.map((part, index) => partCell(part, row[2 + keyCount + from + index] ?? null));
    return {
      keys: row.slice(2, 2 + keyCount).map((value) => (value === null ? null : String(value))),
      current: parts(0),
      ...(plan.comparison === undefined ? {} : { previous: parts(partCount) }),
    };
  };
  const of = (kind: number) => byKind.get(kind)?.map(decode) ?? [];
  const totals = byKind.get(2) ?? [];
  return {
    rows: of(0),
    rest: of(1),
    totals: totals.map(decode),
    count: totals.reduce((sum, row) => sum + Number(row[1]), 0),
  };
};

/** Adds totals to rows that are all there are, as the statement would: per currency and stretch of one rate where these are keys. */
export const withTotals = ({ keys, parts, comparison }: QueryPlan, groups: Groups): Groups => {
  const kept = keys.map(isKeptInTotals);
  const none = (): readonly PartCell[] => parts.map(() => null);
  const nothing: Group = {
    keys: keys.map(() => null),
    current: none(),
    ...(comparison === undefined ? {} : { previous: none() }),
  };
  const totals =
    groups.rows.length === 0 && !kept.includes(true)
      ? [nothing]
      : regroup(groups.rows, parts, (group) => group.keys.map((key, index) => (kept[index] ? key : null)));
  return { ...groups, totals, count: groups.rows.length };
};

const partCell = (part: Part, value: CellValue): PartCell => {
  if (value === null) return null;
  return part.kind === "text" ? String(value) : decimal(shortened(String(value)));
};

/** Engines write all 12 places; without trailing zeros a decimal is read several times faster. */
const shortened = (text: string): string => {
  if (!text.includes(".")) return text;
  let end = text.length;
  while (text[end - 1] === "0") end -= 1;
  return text.slice(0, text[end - 1] === "." ? end - 1 : end);
};

/** Merges groups whose new keys are equal; parts are added, least and greatest kept. */
export const regroup = (
  groups: readonly Group[],
  parts: readonly Part[],
  newKeys: (group: Group) => readonly KeyCell[],
): readonly Group[] => {
  const merged = new Map<string, Group>();
  for (const group of groups) {
    const keys = newKeys(group);
    const id = JSON.stringify(keys);
    const known = merged.get(id);
    merged.set(id, known === undefined ? { ...group, keys } : mergeGroups({ ...known, keys }, group, parts));
  }
  return [...merged.values()];
};

const mergeGroups = (a: Group, b: Group, parts: readonly Part[]): Group => ({
  keys: a.keys,
  current: mergeParts(a.current, b.current, parts),
  ...(a.previous === undefined || b.previous === undefined
    ? {}
    : { previous: mergeParts(a.previous, b.previous, parts) }),
});

const mergeParts = (
  a: readonly PartCell[],
  b: readonly PartCell[],
  parts: readonly Part[],
): readonly PartCell[] =>
  parts.map((part, index) => {
    const [left, right] = [a[index] ?? null, b[index] ?? null];
    if (left === null || right === null) return left ?? right;
    if (typeof left !== "string" && typeof right !== "string") return add(left, right);
    const least = String(left) < String(right) ? left : right;
    return part.charges.fn === "min" ? least : least === left ? right : left;
  });

/** Where each part of a plan stands; asked for every cell, so it is kept. */
const positions = new WeakMap<readonly Part[], ReadonlyMap<PartId, number>>();

const positionsOf = (parts: readonly Part[]): ReadonlyMap<PartId, number> => {
  const known = positions.get(parts);
  if (known !== undefined) return known;
  const made = new Map(parts.map(({ id }, index) => [id, index]));
  positions.set(parts, made);
  return made;
};

/** Reads a group's parts by name. */
export const partValues = (parts: readonly Part[], cells: readonly PartCell[]): PartValues => {
  const position = positionsOf(parts);
  const at = (id: PartId) => cells[position.get(id) ?? -1] ?? null;
  return {
    decimal: (id) => {
      const cell = at(id);
      return typeof cell === "string" ? null : cell;
    },
    text: (id) => {
      const cell = at(id);
      return typeof cell === "string" ? cell : null;
    },
  };
};

/** By Unicode code point, as both engines order text; rows without a value last. */
export const compareKeys = (a: KeyCell, b: KeyCell): number => {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return compareText(a, b);
};

const compareText = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return surrogateLast(x) - surrogateLast(y);
  }
  return a.length - b.length;
};

/** UTF-16 sorts surrogates below U+E000 to U+FFFF, though they stand for larger code points. */
const surrogateLast = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

export const compareDecimals = (a: Decimal | null, b: Decimal | null, direction: "asc" | "desc"): number => {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return direction === "asc" ? compare(a, b) : compare(b, a);
};
