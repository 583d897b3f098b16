import type { PlannedLoad } from "../../../../lake/ingest/plan-loads.ts";
import { WORK } from "../../../../lake/ingest/relation-sql.ts";
import { originalPath, type StagedGroup } from "../../../../lake/ingest/stage.ts";
import { unstagedCharges, type WriteContext } from "../../../../lake/ingest/write-load.ts";
import { partitionValues } from "../../../../lake/layout.ts";
import { quoteIdent, Renderer } from "../../../../sql/dialect.ts";
import { param } from "../../../../sql/expr.ts";
import { trinoMappingDialect } from "../../../../sql/trino-mapping.ts";
import type { ClusterGroup } from "./stage-on-cluster.ts";

/** A load of the plan, and the id that it gets. */
export interface LoadToWrite {
  readonly planned: PlannedLoad;
  readonly id: string;
}

/** What the cluster calls the files that have rows of any of these loads. */
const filesOf = (staged: StagedGroup, loads: readonly LoadToWrite[]): ReadonlySet<string> => {
  const lines = loads.flatMap(({ planned }) => planned.lines).filter((line) => line.staged === staged);
  const own = new Set(lines.map(({ file }) => file));
  return new Set(staged.files.map(({ path }) => path).filter((path) => own.has(originalPath(staged, path))));
};

const BASE = quoteIdent("$base");
const ACCOUNT = "of_account";
const PERIOD = "of_period";

/** A row for each load: whose rows are its own, and the keys that they get. */
const keysSql = (loads: readonly LoadToWrite[]): string => {
  const literal = (type: "text" | "timestamp", value: string) =>
    new Renderer(trinoMappingDialect).sql(param(type, value));
  const rows = loads.map(({ planned, id }) => {
    const keys = partitionValues(planned, id).map(([, value]) => literal("text", value));
    return `(${[literal("text", planned.account), literal("timestamp", planned.billingPeriod), ...keys].join(", ")})`;
  });
  const [first] = loads;
  const names =
    first === undefined ? [] : partitionValues(first.planned, first.id).map(([name]) => quoteIdent(name));
  return `(VALUES ${rows.join(", ")}) AS load_keys(${[ACCOUNT, PERIOD, ...names].join(", ")})`;
};

/** The charges of a group that belong to any of these loads, each with its load's keys. */
const groupSql = (
  staged: StagedGroup,
  loads: readonly LoadToWrite[],
  writing: WriteContext,
  groups: ReadonlyMap<StagedGroup, ClusterGroup>,
): string => {
  const base = groups.get(staged)?.baseOf(filesOf(staged, loads)) ?? staged.base;
  // Each branch of the mapping reads it: named, its text stands in the statement and is analysed once.
  const charges =
    `WITH ${BASE} AS (SELECT * FROM ${base}) ` +
    unstagedCharges({ ...staged, base: BASE }, writing, { work: [WORK.account, WORK.period] });
  const [first] = loads;
  const isOne = loads.length === 1 && first?.planned.entire.has(staged) === true;
  const isOwn = `${quoteIdent(WORK.account)} = ${ACCOUNT} AND ${quoteIdent(WORK.period)} = ${PERIOD}`;
  return `SELECT * FROM (${charges}) AS group_rows JOIN ${keysSql(loads)} ON ${isOne ? "true" : isOwn}`;
};

/**
 * The charges of loads, each row with the Hive keys of the load it belongs to. A file is read once, however many loads
 * have rows in it; a row of a group belongs to one load at most, as loads of one export differ in account or period.
 */
export const loadsSql = (
  loads: readonly LoadToWrite[],
  writing: WriteContext,
  groups: ReadonlyMap<StagedGroup, ClusterGroup>,
): string => {
  const all = new Set(loads.flatMap(({ planned }) => planned.groups));
  return [...all]
    .map((staged) => {
      const own = loads.filter(({ planned }) => planned.groups.includes(staged));
      return groupSql(staged, own, writing, groups);
    })
    .join("\nUNION ALL\n");
};
