import {
  and,
  call,
  cases,
  coalesce,
  concat,
  type Expr,
  field,
  isNotNull,
  isNull,
  lambda,
  mapFromRecords,
  nullOf,
  record,
  text,
} from "../../sql/expr.ts";
import type { ExportColumns } from "./export-columns.ts";

/** The tags of a row, and what could not be read as such. */
export interface RowTags {
  readonly map: Expr<"map">;
  /** Labels that are no list of keys and values, as they are written; null when all could be read. */
  readonly unreadable: Expr<"text">;
}

const key = (element: Expr): Expr<"text"> => field(element, "key", "text");
const namespaced = (element: Expr): Expr<"text"> =>
  concat(text("tag:"), coalesce(field(element, "namespace", "text"), text("")), text("/"), key(element));
const ofProject = (element: Expr): Expr<"text"> => concat(text("project:"), key(element));

/**
 * In the order of precedence, the first of equal keys wins. A plain key is the resource's label, else its tag, else the
 * project's label: what a person means by `team`. Tags and project labels are also there under their full names, so that
 * none hides another. System labels already carry their service's domain.
 */
const SOURCES: readonly (readonly [path: string, name: (element: Expr) => Expr<"text">])[] = [
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
  const lists = new Map<string, Expr<"list">>();
  for (const path of new Set(SOURCES.map(([name]) => name))) {
    const list = columns.records(path, ["key", "value", "namespace"]);
    if (list !== undefined) lists.set(path, input.define(path, list));
  }
  if (lists.size === 0) return { map: nullOf("map"), unreadable: nullOf("text") };
  const entries = SOURCES.flatMap(([path, name]) => {
    const list = lists.get(path);
    if (list === undefined) return [];
    const entry = lambda("e", "struct", (element) =>
      record({ k: name(element), v: coalesce(field(element, "value", "text"), text("")) }),
    );
    return [call("list", "listTransform", list, entry)];
  });
  const all = input.define("tag entries", call("list", "listConcat", ...entries));
  const unread = [...lists].flatMap(([path, list]) => {
    const written = columns.textOfRecords(path);
    return written === undefined ? [] : [[and(isNotNull(written), isNull(list)), written] as const];
  });
  return { map: input.define("tags", mapFromRecords(all)), unreadable: cases("text", unread) };
};
