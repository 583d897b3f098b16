import { TrimtabError } from "@trimtab/domain";
import type { Filter, QueryRequest, QueryResult } from "../../query/types.ts";
import { type Days, daysOf } from "../definition/report-period.ts";
import type { BlockOf, ReportBlock, ReportDefinition, ReportPeriod } from "../definition/report-schema.ts";
import { pivot } from "./pivot.ts";
import type { FigureValue, ReportRun, RunBasis, RunBlock, RunPart } from "./report-run-schema.ts";

/** A data set's parts, or why this reader gets none. */
export type DatasetAnswer =
  | { readonly status: "shown"; readonly parts: readonly RunPart[] }
  | { readonly status: "withheld"; readonly reason: string };

/** What a report asks of whoever runs it, all of it within one reader's scope and one version of the lake. */
export interface ReportAsking {
  readonly now: string;
  readonly scoped: boolean;
  readonly scopeText?: string | undefined;
  /** @throws QUERY_* */
  query(request: QueryRequest): Promise<QueryResult>;
  dataset(block: BlockOf<"dataset">, question: DatasetQuestion): Promise<DatasetAnswer>;
}

/** What the report's parameters say to a data set. */
export interface DatasetQuestion {
  readonly days: Days | undefined;
  readonly filter: Filter | undefined;
}

interface Run {
  readonly definition: ReportDefinition;
  readonly asking: ReportAsking;
  readonly anchor: string;
}

/** Asks all that a report holds. What one block can't show is told in its place; the others stand. */
export const runReport = async (definition: ReportDefinition, asking: ReportAsking): Promise<ReportRun> => {
  const { parameters } = definition;
  const whole = await asking.query({ measures: ["effective"], ...whereOf(parameters.filter) });
  const anchor = earlier(whole.completeTo ?? asking.now, asking.now);
  const run: Run = { definition, asking, anchor };
  const days = daysOf(parameters.period, anchor);
  const blocks: RunBlock[] = [];
  for (const block of definition.blocks) blocks.push(await runBlock(run, block));
  return {
    title: definition.title,
    ...(definition.subtitle === undefined ? {} : { subtitle: definition.subtitle }),
    madeAt: asking.now,
    lakeVersion: whole.lakeVersion,
    period: { start: days?.start ?? null, end: days?.end ?? null },
    currency: [...whole.currency],
    completeTo: whole.completeTo,
    openMonths: openMonths(whole, days),
    scoped: asking.scoped,
    ...(asking.scopeText === undefined ? {} : { scopeText: asking.scopeText }),
    blocks,
  };
};

const earlier = (a: string, b: string): string => (Date.parse(a) < Date.parse(b) ? a : b);

const runBlock = async (run: Run, block: ReportBlock): Promise<RunBlock> => {
  try {
    switch (block.type) {
      case "figure":
        return await runFigure(run, block);
      case "chart":
        return await runChart(run, block);
      case "table":
        return await runTable(run, block);
      case "dataset":
        return await runDataset(run, block);
      default:
        return block;
    }
  } catch (error) {
    // A question that can't be asked (a tag that is gone, a programme without a baseline) is a finding of its block.
    if (!(error instanceof TrimtabError) || !isOfQuestion(error.code)) throw error;
    const { id } = block;
    const width = "width" in block ? block.width : "full";
    const title = "title" in block ? block.title : id;
    return { type: "withheld", id, title, width, reason: error.message, code: error.code };
  }
};

const isOfQuestion = (code: string): boolean => /^(QUERY|METRIC|RATES|RULES|PROGRAMME)_/.test(code);

const whereOf = (...filters: readonly (Filter | undefined)[]): { readonly where?: Filter } => {
  const given = filters.filter((filter) => filter !== undefined);
  const [only] = given;
  if (only === undefined) return {};
  return { where: given.length === 1 ? only : { and: given } };
};

const periodOf = ({ definition, anchor }: Run, own: ReportPeriod | undefined): { readonly period?: Days } => {
  const days = daysOf(own ?? definition.parameters.period, anchor);
  return days === undefined ? {} : { period: days };
};

const ask = async (run: Run, block: BlockOf<"chart" | "table">): Promise<QueryResult> => {
  const { period, where, ...query } = block.query;
  const request = {
    ...query,
    ...periodOf(run, period),
    ...whereOf(run.definition.parameters.filter, where),
  };
  return await run.asking.query(withoutUndefined(request));
};

const runChart = async (run: Run, block: BlockOf<"chart">): Promise<RunBlock> => {
  const { id, title, width, chart } = block;
  const answer = await ask(run, block);
  if (answer.rows.length === 0)
    return { type: "withheld", id, title, width, reason: "There are no charges in this period." };
  return { type: "chart", id, title, width, chart, data: tableOf(answer), basis: basisOf(answer) };
};

const runTable = async (run: Run, block: BlockOf<"table">): Promise<RunBlock> => {
  const { id, title, width, heat, columns } = block;
  const answer = await ask(run, block);
  const data = tableOf(answer);
  return {
    type: "table",
    id,
    title,
    width,
    heat,
    data: columns === undefined ? data : pivot(data, columns),
    basis: basisOf(answer),
  };
};

const runFigure = async (run: Run, block: BlockOf<"figure">): Promise<RunBlock> => {
  const { id, title, width, better, measure, where, compare, trend } = block;
  const request: QueryRequest = {
    measures: [measure],
    ...periodOf(run, block.period),
    ...whereOf(run.definition.parameters.filter, where),
  };
  const isComparable = compare !== undefined && request.period !== undefined;
  const answer = await run.asking.query({ ...request, ...(isComparable ? { compare } : {}) });
  const course = trend === undefined ? undefined : await run.asking.query({ ...request, grain: trend });
  return {
    type: "figure",
    id,
    title,
    width,
    better,
    values: figureValues(answer, course),
    basis: basisOf(answer),
  };
};

const figureValues = (answer: QueryResult, course: QueryResult | undefined): FigureValue[] => {
  const { columns, total } = answer;
  const drawn = columns.filter(
    ({ role, aspect }) => role === "measure" && (aspect ?? "current") === "current",
  );
  const found = drawn.length > 0 ? drawn : columns.filter(({ aspect }) => aspect === "unit");
  return found.map((column): FigureValue => {
    const sibling = (aspect: string) => {
      const at = columns.findIndex(
        (other) =>
          other.aspect === aspect && other.measure === column.measure && other.currency === column.currency,
      );
      return at < 0 ? undefined : (total[at] ?? null);
    };
    const trendAt = course?.columns.findIndex(({ name }) => name === column.name) ?? -1;
    const kind = column.kind === "text" || column.kind === "time" ? "count" : column.kind;
    return withoutUndefined({
      value: total[columns.indexOf(column)] ?? null,
      kind,
      currency: column.currency,
      previous: sibling("previous"),
      change: sibling("change"),
      changeRate: sibling("change-rate"),
      trend: trendAt < 0 ? undefined : course?.rows.map((row) => row[trendAt] ?? null),
    });
  });
};

const runDataset = async (run: Run, block: BlockOf<"dataset">): Promise<RunBlock> => {
  const { id, title, dataset } = block;
  const { filter, period } = run.definition.parameters;
  const answer = await run.asking.dataset(block, { days: daysOf(period, run.anchor), filter });
  if (answer.status === "withheld")
    return { type: "withheld", id, title, width: "full", reason: answer.reason };
  return { type: "dataset", id, title, dataset, parts: [...answer.parts] };
};

const tableOf = ({ columns, rows, total, other, rowCount }: QueryResult) => ({
  columns: columns.map((column) => ({ ...column })),
  rows: rows.map((row) => [...row]),
  total: [...total],
  other: [...other],
  rowCount,
});

/** What a figure is of, as every page and export says it. */
export const basisOf = (answer: QueryResult): RunBasis => ({
  basis: answer.basis,
  currency: [...answer.currency],
  period: answer.period,
  completeTo: answer.completeTo,
  openMonths: openMonths(answer, undefined),
  ...(answer.comparison === undefined
    ? {}
    : {
        comparedWith: {
          start: answer.comparison.previous.start,
          end: answer.comparison.previous.end,
          equalDays: answer.comparison.equalDays,
        },
      }),
  notes: [
    ...answer.unknown.map(
      ({ column, reason, rows, ofRows }) =>
        `${column} is unknown for ${rows} of ${ofRows} charges: ${reason}`,
    ),
    ...answer.notes,
  ],
});

const openMonths = ({ periods }: QueryResult, days: Days | undefined): string[] => {
  const months = periods
    .filter(({ status }) => status === "open")
    .map(({ billingPeriod }) => billingPeriod.slice(0, 7))
    .filter((month) => days === undefined || (`${month}-31` >= days.start && `${month}-01` < days.end));
  return [...new Set(months)].sort();
};

const withoutUndefined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
