import {
  addDays,
  type CurrencyCode,
  currencyCode,
  type Day,
  type Decimal,
  dayOf,
  daysIn,
  decimal,
  divide,
  HOURS_PER_MONTH,
  type Known,
  known,
  multiply,
  type Period,
  type ResourceCost,
  type ResourceRef,
  sumDecimals,
  unknown,
} from "@trimtab/domain";
import { coverageOf } from "../../query/coverage.ts";
import type { QueryEngine } from "../../query/engines/engine.ts";
import { runQuery } from "../../query/run-query.ts";
import type { QueryContext, QueryResult } from "../../query/types.ts";
import { BILL_KINDS, type BilledResource, keysOfBilled, keysOfResource } from "./bill-names.ts";

/** Places that a monthly figure is rounded to, once, half to even. */
export const MONTHLY_SCALE = 12;

/** A resource of the inventory, as far as its cost is concerned. */
export type PricedResource = ResourceRef & { readonly aliases?: readonly string[] };

/** What each resource costs, by the bill. */
export interface ResourceCosts {
  /** The days that are summed: whole ones, all complete; absent where the lake has none. */
  readonly window?: Period;
  costOf(resource: PricedResource): Known<ResourceCost>;
  /** Under which names the bill has it, in order; none where it does not name it. */
  billedAs(resource: PricedResource): readonly BilledName[];
}

export interface ResourceCostOptions {
  /** How many days; default 30. */
  readonly days?: number;
}

/** A resource as the bill names it: bare names are only unique in their account and region. */
export interface BilledName {
  readonly id: string;
  readonly account: string | null;
  readonly region: string | null;
}

/** One resource of the bill in one currency. */
interface BilledLine {
  readonly currency: CurrencyCode;
  readonly effective: Known<Decimal>;
  readonly billed: Known<Decimal>;
  readonly rows: number;
}

interface Bill {
  readonly window: Period;
  readonly byKey: ReadonlyMap<string, readonly number[]>;
  readonly lines: readonly (readonly BilledLine[])[];
  readonly names: readonly BilledName[];
  readonly services: ReadonlyMap<string, { named: number; unnamed: number }>;
}

const DIMENSIONS = [
  "ServiceName",
  "SubAccountId",
  "RegionId",
  "AvailabilityZone",
  "ResourceId",
  "ResourceName",
] as const;

/**
 * The newest `days` whole days that every delivery covers, as far as the lake reaches back; undefined without any.
 * The last one is complete: days that are still being delivered would make everything look cheaper.
 */
const completeWindow = async (
  engine: QueryEngine,
  { lakeVersion, now }: Pick<QueryContext, "lakeVersion" | "now">,
  days: number,
): Promise<Period | undefined> => {
  const { manifest } = await engine.snapshot(lakeVersion);
  const { completeTo } = coverageOf(manifest.loads, [], now);
  const starts = manifest.loads.flatMap(({ counted, chargeStart }) =>
    counted === true ? [dayOf(chargeStart)] : [],
  );
  if (completeTo === null || starts.length === 0) return undefined;
  const end = dayOf(completeTo);
  const first = starts.reduce((a, b) => (a < b ? a : b));
  const start = addDays(end, -days);
  return first >= end ? undefined : { start: start < first ? first : start, end };
};

/**
 * Reads what each resource of the bill cost over the trailing window in one query, scaled to a month of 730 hours. Taxes
 * and credits that pay a bill (promotions) are left out: a change of the resource does not change them.
 */
export const readResourceCosts = async (
  engine: QueryEngine,
  context: QueryContext,
  { days = 30 }: ResourceCostOptions = {},
): Promise<ResourceCosts> => {
  const window = await completeWindow(engine, context, days);
  if (window === undefined) {
    return { costOf: () => unknown("the lake has no complete day of charges"), billedAs: () => [] };
  }
  const result = await runQuery(
    engine,
    {
      measures: ["effective", "billed", "rows"],
      by: [...DIMENSIONS],
      period: window,
      where: { dimension: "ChargeCategory", op: "not in", values: ["Tax", "Credit"] },
    },
    context,
  );
  const bill = readBill(result, window);
  return {
    window,
    costOf: (resource) => costIn(bill, resource),
    billedAs: (resource) => namesIn(bill, resource),
  };
};

const readBill = (result: QueryResult, window: Period): Bill => {
  const byKey = new Map<string, number[]>();
  const services = new Map<string, { named: number; unnamed: number }>();
  const lines: BilledLine[][] = [];
  const names: BilledName[] = [];
  const partial = new Map(
    result.unknown.map(({ column, reason, cells }) => [column, { reason, cells: new Set(cells) }]),
  );
  const at = (name: string) => result.columns.findIndex((column) => column.name === name);
  const dimensionAt = DIMENSIONS.map(at);
  result.rows.forEach((row, index) => {
    const [service = null, account = null, region = null, zone = null, id = null, name = null] =
      dimensionAt.map((position) => row[position] ?? null);
    const seen = services.get(service ?? "") ?? { named: 0, unnamed: 0 };
    if (id === null) seen.unnamed += 1;
    else seen.named += 1;
    services.set(service ?? "", seen);
    const billed: BilledResource = { service, account, region, zone, id, name };
    for (const key of keysOfBilled(billed)) byKey.set(key, [...(byKey.get(key) ?? []), lines.length]);
    lines.push(linesOf(result, row, index, partial));
    names.push({ id: id ?? "", account, region });
  });
  return { window, byKey, lines, names, services };
};

type Partial = ReadonlyMap<string, { readonly reason: string; readonly cells: ReadonlySet<number> }>;

const linesOf = (
  result: QueryResult,
  row: readonly (string | null)[],
  index: number,
  partial: Partial,
): BilledLine[] =>
  result.currency.flatMap((currency) => {
    const column = (measure: string) =>
      result.columns.findIndex(
        (each) => each.measure === measure && (each.currency === undefined || each.currency === currency),
      );
    const amount = (measure: string): Known<Decimal> => {
      const position = column(measure);
      const cell = row[position] ?? null;
      const missing = partial.get(result.columns[position]?.name ?? "");
      if (cell === null || missing?.cells.has(index))
        return unknown(missing?.reason ?? "the bill does not tell it");
      return known(decimal(cell));
    };
    const rows = Number(row[column("rows")] ?? "0");
    return rows === 0
      ? []
      : [
          {
            currency: currencyCode(currency),
            effective: amount("effective"),
            billed: amount("billed"),
            rows,
          },
        ];
  });

const costIn = (bill: Bill, resource: PricedResource): Known<ResourceCost> => {
  const found = new Set(keysOfResource(resource).flatMap((key) => bill.byKey.get(key) ?? []));
  if (found.size === 0) return unknown(whyNotFound(bill, resource));
  const lines = [...found].flatMap((index) => bill.lines[index] ?? []);
  const currencies = [...new Set(lines.map(({ currency }) => currency))];
  const [currency] = currencies;
  if (currency === undefined) return unknown(whyNotFound(bill, resource));
  if (currencies.length > 1) {
    return unknown(
      `it is billed in ${currencies.toSorted().join(" and ")}; choose one currency or give rates`,
    );
  }
  const effective = total(lines.map((line) => line.effective));
  if (effective.status === "unknown") return effective;
  const billed = total(lines.map((line) => line.billed));
  if (billed.status === "unknown") return billed;
  const days = daysIn(bill.window);
  return known({
    currency,
    effectiveMonthly: monthly(effective.value, days),
    billedMonthly: monthly(billed.value, days),
    days,
    rows: lines.reduce((sum, { rows }) => sum + rows, 0),
  });
};

const namesIn = (bill: Bill, resource: PricedResource): readonly BilledName[] => {
  const found = new Set(keysOfResource(resource).flatMap((key) => bill.byKey.get(key) ?? []));
  const names = [...found].flatMap((index) => bill.names[index] ?? []).filter(({ id }) => id !== "");
  const unique = new Map(names.map((name) => [JSON.stringify([name.id, name.account, name.region]), name]));
  return [...unique].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
};

const total = (parts: readonly Known<Decimal>[]): Known<Decimal> => {
  const amounts: Decimal[] = [];
  for (const part of parts) {
    if (part.status === "unknown") return part;
    amounts.push(part.value);
  }
  return known(sumDecimals(amounts));
};

/** A total of whole days as a month of {@link HOURS_PER_MONTH}: total × 730 ÷ (24 × days), rounded once. */
export const monthly = (amount: Decimal, days: number): Decimal =>
  divide(multiply(amount, decimal(HOURS_PER_MONTH)), decimal(String(24 * days)), MONTHLY_SCALE);

const daysText = ({ start, end }: Period): string => `${start} to ${addDays(end as Day, -1)}`;

const whyNotFound = ({ services, window }: Bill, { kind, scope, name }: PricedResource): string => {
  const own = BILL_KINDS[kind].services.map((service) => [service, services.get(service)] as const);
  const present = own.flatMap(([service, count]) => (count === undefined ? [] : [{ service, ...count }]));
  const when = `from ${daysText(window)}`;
  if (present.length === 0) return `the bill has no charges of ${own[0]?.[0]} ${when}`;
  const names = present.map(({ service }) => service).join(" and ");
  if (present.every(({ named }) => named === 0)) {
    const remedy =
      scope.provider === "gcp"
        ? "Google's standard export has no resources, its detailed export has"
        : "ask the provider for an export with resource ids";
    return `the bill names no resources of ${names} ${when}: ${remedy}`;
  }
  return `the bill names no ${name} among its resources of ${names} in ${scope.account} ${when}`;
};
