import type { Instant, ResourceMetric } from "@trimtab/domain";
import type { Database } from "../../lake/database.ts";
import type { ResourceMetricFiles } from "../../lake/resource-metrics/resource-metrics.ts";
import type { CellValue } from "../../lake/result-set.ts";
import { quoteText } from "../../sql/dialect.ts";
import type { Scalar } from "../../sql/expr.ts";
import type { MetricWindow, NamedResource } from "./resource-metric-store.ts";

/** What the statements that read points share. */
export interface Reading {
  readonly run: Database["run"];
  readonly files: ResourceMetricFiles;
  readonly window: MetricWindow;
  readonly resources: readonly NamedResource[] | undefined;
}

/** FROM-able points of one metric: `id` is as it was asked for, `name` as it is stored. */
export interface NamedPoints {
  readonly from: string;
  readonly params: readonly Scalar[];
  readonly filter: string;
}

export const namedPoints = async (
  { files, window, resources }: Reading,
  metric: ResourceMetric,
): Promise<NamedPoints> => {
  const all = await files.files();
  const [start, end] = [sqlTime(window.start), sqlTime(window.end)];
  // Without the fraction, so that a file's last second is not lost to it
  const own = all.filter(
    (file) => file.metric === metric && file.end >= start.slice(0, 19) && file.start <= end,
  );
  const scan = files.scan(own);
  const filter = windowFilter(window);
  if (resources === undefined)
    return { from: `(SELECT *, resource AS id, resource AS name FROM ${scan})`, params: [], filter };
  const names = namesOf(resources);
  const pairs =
    "SELECT n.name, n.id FROM (SELECT UNNEST(CAST(CAST($1 AS JSON) AS STRUCT(name VARCHAR, id VARCHAR)[])) AS n)";
  return {
    from: `(SELECT p.*, n.id, n.name FROM ${scan} AS p JOIN (${pairs}) AS n ON p.resource = n.name)`,
    params: [JSON.stringify(names)],
    filter,
  };
};

/** A name that two resources go by names neither; an id is always its own. */
const namesOf = (
  resources: readonly NamedResource[],
): readonly { readonly name: string; readonly id: string }[] => {
  const ids = new Set(resources.map(({ id }) => id));
  const owners = new Map<string, Set<string>>();
  for (const { id, aliases } of resources)
    for (const name of new Set(aliases)) {
      if (ids.has(name)) continue;
      owners.set(name, (owners.get(name) ?? new Set()).add(id));
    }
  const pairs = [...owners].flatMap(([name, own]) => {
    const [id = ""] = own;
    return own.size === 1 ? [{ name, id }] : [];
  });
  return [...[...ids].map((id) => ({ name: id, id })), ...pairs];
};

const windowFilter = ({ start, end }: MetricWindow): string =>
  `time >= CAST(${quoteText(sqlTime(start))} AS TIMESTAMP) AND time < CAST(${quoteText(sqlTime(end))} AS TIMESTAMP)`;

/**
 * Of the intervals and names that a resource has, the one that covers most; then the finest, then its own id. They are
 * never mixed: a minute's and an hour's points would count the same thing twice.
 */
export const chooseSeries = (groups: string, by: string, samples = "samples"): string =>
  `SELECT * FROM (${groups}) QUALIFY row_number() OVER (PARTITION BY ${by} ` +
  `ORDER BY ${samples} * interval_seconds DESC, interval_seconds, name <> id, name) = 1 ORDER BY ${by}`;

/** `YYYY-MM-DD HH:mm:ss`, with its fraction where it has one. */
const sqlTime = (moment: Instant): string => moment.replace("T", " ").replace(/(\.0+)?Z$/, "");

export const toInstant = (cell: CellValue | undefined): Instant =>
  `${String(cell).replace(" ", "T")}Z` as Instant;
