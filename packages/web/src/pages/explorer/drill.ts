import { addDays, addMonths } from "../../format/dates.ts";
import { DRILL_PATH } from "../../format/dimension-names.ts";
import type { ExplorerSearch, Filter } from "./explorer-search.ts";
import type { ExplorerState } from "./explorer-state.ts";

const dimensionsIn = (filters: readonly Filter[]): ReadonlySet<string> =>
  new Set(filters.flatMap((filter) => ("dimension" in filter ? [filter.dimension] : [])));

/** What to split by after a click: the next step towards the resource that is not fixed yet. */
export const nextDimension = (by: readonly string[], where: readonly Filter[]): string | undefined => {
  const fixed = dimensionsIn(where);
  if (fixed.has("ResourceId")) return undefined;
  const last = by.at(-1);
  const place = (DRILL_PATH as readonly (string | undefined)[]).indexOf(last);
  const further = place === -1 ? [] : DRILL_PATH.slice(place + 1);
  return (
    further.find((name) => !fixed.has(name) && name !== "RegionId") ??
    (fixed.has("ServiceName") ? "ResourceId" : "ServiceName")
  );
};

/** One step down: these filters besides, the next dimension, and at the end the bill lines. */
export const drillInto = (
  state: Pick<ExplorerState, "by" | "where">,
  filters: readonly Filter[],
): ExplorerSearch => {
  const replaced = dimensionsIn(filters);
  const where = [
    ...state.where.filter((filter) => !("dimension" in filter && replaced.has(filter.dimension))),
    ...filters,
  ];
  const next = nextDimension(state.by, where);
  return next === undefined ? { where, lines: true } : { where, by: [next] };
};

/** Half-open days of a bucket, as a query's time column names it. */
export const bucketPeriod = (bucket: string, grain: ExplorerState["grain"]) => {
  const day = bucket.slice(0, 10);
  if (grain === "hour" || grain === "day") return { start: day, end: addDays(day, 1) };
  if (grain === "week") return { start: day, end: addDays(day, 7) };
  const months = grain === "month" ? 1 : grain === "quarter" ? 3 : 12;
  const quarter = /^(\d{4})-Q([1-4])$/.exec(bucket);
  const first =
    quarter === null
      ? `${bucket.slice(0, 4)}-${grain === "year" ? "01" : bucket.slice(5, 7)}`
      : `${quarter[1]}-${String((Number(quarter[2]) - 1) * 3 + 1).padStart(2, "0")}`;
  return { start: `${first}-01`, end: `${addMonths(first, months)}-01` };
};
