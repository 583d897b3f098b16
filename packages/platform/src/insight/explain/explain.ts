import {
  abs,
  add,
  compare,
  type Decimal,
  daysIn,
  formatDecimal,
  isZero,
  type Period,
  subtract,
  ZERO,
} from "@trimtab/domain";
import { canonicalFilter } from "../../query/canonical.ts";
import type { QueryEngine } from "../../query/engines/engine.ts";
import { BASE_MODEL } from "../../query/model/model.ts";
import { runQuery } from "../../query/run-query.ts";
import type { Condition, Filter, QueryContext, QueryResult } from "../../query/types.ts";
import { visibleSnapshot } from "../../query/visible-snapshot.ts";
import { averagePrices, type Cell, decompose } from "./decompose.ts";
import {
  type ExplainedGroup,
  type ExplainedLine,
  type ExplainedPart,
  type Explanation,
  PARTS,
  type PartId,
} from "./explained.ts";
import { readCells } from "./read-cells.ts";

export interface ExplainRequest {
  readonly from: Period;
  readonly to: Period;
  readonly measure: "effective" | "billed";
  /** Dimensions to split the change by as well. */
  readonly by: readonly string[];
  readonly where?: Filter;
  /** Lines shown behind each part. */
  readonly lines: number;
}

interface Explained {
  readonly cell: Cell;
  readonly effects: Partial<Record<PartId, Decimal>>;
}

const sum = (amounts: readonly Decimal[]): Decimal =>
  amounts.reduce((total, amount) => add(total, amount), ZERO);

const condition = (dimension: string, value: string | null): Condition =>
  value === null ? { dimension, op: "is null" } : { dimension, op: "=", value };

/** The charges of a cell, as a filter that a query takes. */
const whereOf = (cell: Cell, by: readonly string[], where: Filter | undefined): Filter => {
  const own: Filter[] = [
    ...by.map((dimension, index) => condition(dimension, cell.dimensions[index] ?? null)),
    condition("ServiceName", cell.service),
    ...(cell.sku === null
      ? []
      : [{ or: ["SkuPriceId", "SkuId", "ChargeDescription"].map((name) => condition(name, cell.sku)) }]),
  ];
  return { and: where === undefined ? own : [where, ...own] };
};

const lineOf = (
  { cell }: Explained,
  amount: Decimal,
  { by, where }: Pick<ExplainRequest, "by" | "where">,
): ExplainedLine => ({
  service: cell.service,
  sku: cell.sku,
  label: cell.label,
  unit: cell.unit,
  dimensions: cell.dimensions,
  amount: formatDecimal(amount),
  before: formatDecimal(cell.before.cost),
  after: formatDecimal(cell.after.cost),
  where: whereOf(cell, by, where),
});

const partsOf = (explained: readonly Explained[], request: ExplainRequest): readonly ExplainedPart[] =>
  (Object.keys(PARTS) as PartId[]).flatMap((id) => {
    const own = explained.flatMap((item) => {
      const amount = item.effects[id];
      return amount === undefined || isZero(amount) ? [] : [{ item, amount }];
    });
    if (own.length === 0) return [];
    const largest = own.toSorted((a, b) => compare(abs(b.amount), abs(a.amount))).slice(0, request.lines);
    return [
      {
        id,
        meaning: PARTS[id],
        amount: formatDecimal(sum(own.map(({ amount }) => amount))),
        lines: largest.map(({ item, amount }) => lineOf(item, amount, request)),
        lineCount: own.length,
      },
    ];
  });

const groupsOf = (explained: readonly Explained[]): readonly ExplainedGroup[] =>
  [...Map.groupBy(explained, ({ cell }) => JSON.stringify(cell.dimensions)).values()]
    .map((own) => {
      const before = sum(own.map(({ cell }) => cell.before.cost));
      const after = sum(own.map(({ cell }) => cell.after.cost));
      const parts: Partial<Record<PartId, string>> = {};
      for (const id of Object.keys(PARTS) as PartId[]) {
        const amount = sum(own.map(({ effects }) => effects[id] ?? ZERO));
        if (!isZero(amount)) parts[id] = formatDecimal(amount);
      }
      const change = subtract(after, before);
      return { dimensions: own[0]?.cell.dimensions ?? [], before, after, change, parts };
    })
    .sort((a, b) => compare(abs(b.change), abs(a.change)))
    .map(({ before, after, change, ...rest }) => ({
      ...rest,
      before: formatDecimal(before),
      after: formatDecimal(after),
      change: formatDecimal(change),
    }));

/** Currencies billed in either period, and what the answer rests on. */
const surroundings = (
  engine: QueryEngine,
  request: ExplainRequest,
  context: QueryContext,
): Promise<QueryResult> =>
  runQuery(
    engine,
    {
      measures: [request.measure],
      period: {
        start: request.from.start < request.to.start ? request.from.start : request.to.start,
        end: request.from.end > request.to.end ? request.from.end : request.to.end,
      },
      ...(request.where === undefined ? {} : { where: request.where }),
    },
    { ...context, currency: "each", rates: undefined },
  );

const notesOf = (request: ExplainRequest, asked: QueryResult): readonly string[] => {
  const end = `${request.to.end}T00:00:00Z`;
  const open = asked.completeTo !== null && asked.completeTo < end;
  return [
    ...asked.notes,
    ...(open
      ? [`The bill is complete to ${asked.completeTo} only: days after that count as nothing used.`]
      : []),
    ...(request.measure === "effective" && asked.unknown.length > 0
      ? ["Where the effective cost is unknown the billed cost stands in for it."]
      : []),
  ];
};

const checkOverlap = ({ from, to }: ExplainRequest): boolean => from.start < to.end && to.start < from.end;

/**
 * Why the cost changed between two periods: an exact decomposition, one per billing currency. The parts of each sum to
 * its change to the last digit.
 * @throws RangeError when the periods overlap; QUERY_* for unknown dimensions and filters
 */
export const explain = async (
  engine: QueryEngine,
  request: ExplainRequest,
  context: QueryContext,
): Promise<readonly Explanation[]> => {
  if (checkOverlap(request)) throw new RangeError("The two periods overlap");
  const snapshot = await visibleSnapshot(engine, context);
  const pinned = { ...context, lakeVersion: snapshot.version };
  const asked = await surroundings(engine, request, pinned);
  const model = context.model ?? BASE_MODEL;
  const scope = context.scope === "unrestricted" ? context.scope : canonicalFilter(context.scope, model);
  const where = request.where === undefined ? undefined : canonicalFilter(request.where, model);
  const currencies = context.currency === "each" ? asked.currency : [context.currency];
  const explanations: Explanation[] = [];
  for (const currency of currencies) {
    const question = { ...request, before: request.from, after: request.to, currency, scope, where, model };
    const cells = await readCells(engine, snapshot, question, context.signal);
    const days = { before: daysIn(request.from), after: daysIn(request.to) };
    const prices = averagePrices(cells);
    const explained = cells.map((cell) => ({ cell, effects: decompose(cell, days, prices) }));
    const before = sum(cells.map((cell) => cell.before.cost));
    const after = sum(cells.map((cell) => cell.after.cost));
    explanations.push({
      currency,
      measure: request.measure,
      from: { ...request.from, days: days.before, amount: formatDecimal(before) },
      to: { ...request.to, days: days.after, amount: formatDecimal(after) },
      change: formatDecimal(subtract(after, before)),
      parts: partsOf(explained, request),
      by: request.by,
      groups: request.by.length === 0 ? [] : groupsOf(explained),
      lakeVersion: snapshot.version,
      completeTo: asked.completeTo,
      basis: asked.basis,
      notes: notesOf(request, asked),
    });
  }
  return explanations;
};
