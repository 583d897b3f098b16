import {
  and,
  call,
  cases,
  coalesce,
  concat,
  type Expr,
  isNotNull,
  isNull,
  lambda,
  nullOf,
  text,
} from "../../sql/expr.ts";
import { field, mapFromRecords, record } from "../../sql/mapping-expr.ts";
import type { ExportColumns, Records } from "./export-columns.ts";

/** The tags of a row, and what could not be read as such. */
export interface RowTags {
  readonly map: Expr<"map">;
  /** Labels that are no list of keys and values, as they are written; null when all could be read. */
  readonly unreadable: Expr<"text">;
}

const recordKey = (element: Expr): Expr<"text"> => field(element, "k", "text");

type Name = (records: Records, element: Expr) => Expr<"text">;
const key: Name = (records, element) => records.text(element, "key");
const namespaced: Name = (records, element) =>
  concat(
    text("tag:"),
    coalesce(records.text(element, "namespace"), text("")),
    text("/"),
    key(records, element),
  );
const ofProject: Name = (records, element) => concat(text("project:"), key(records, element));

/**
 * In the order of precedence, the first of equal keys wins. A plain key is the resource's label, else its tag, else the
 * project's label: what a person means by `team`. Tags and project labels are also there under their full names, so that
 * none hides another. System labels already carry their service's domain.
 */
const SOURCES: readonly (readonly [path: string, name: Name])[] = [
  ["labels", key],
  ["tags", key],
  ["project.labels", key],
  ["system_labels", key],
  ["tags", namespaced],
  ["project.labels", ofProject],
];

/** Labels, system labels, project labels and Resource Manager tags as one map. */
export const readTags = (columns: ExportColumns): RowTags => {
  const { input } = columns;
  const found = new Map<string, Records>();
  for (const path of new Set(SOURCES.map(([name]) => name))) {
    const records = columns.records(path, ["key", "value", "namespace"]);
    if (records !== undefined) found.set(path, records);
  }
  if (found.size === 0) return { map: nullOf("map"), unreadable: nullOf("text") };
  const entries = SOURCES.flatMap(([path, name]) => {
    const records = found.get(path);
    if (records === undefined) return [];
    const entry = lambda("e", "struct", (element) =>
      record({ k: name(records, element), v: coalesce(records.text(element, "value"), text("")) }),
    );
    return [call("list", "listTransform", records.list, entry)];
  });
  const all = input.define("tag entries", call("list", "listConcat", ...entries));
  const unread = [...found].flatMap(([path, { list }]) => {
    const written = columns.textOfRecords(path);
    return written === undefined ? [] : [[and(isNotNull(written), isNull(list)), written] as const];
  });
  const keys = input.define("tag keys", call("list", "listTransform", all, lambda("e", "struct", recordKey)));
  return { map: input.define("tags", mapFromRecords(all, keys)), unreadable: cases("text", unread) };
};
