import { type Day, type Decimal, decimal } from "@trimtab/domain";
import type { CellKind } from "../../insight/explain/decompose.ts";
import type { QueryEngine } from "../../query/engines/engine.ts";
import { runQuery } from "../../query/run-query.ts";
import type { Filter, QueryContext, QueryResult, TimeAxis } from "../../query/types.ts";
import { ledgerErrors } from "../errors.ts";

export type CostBasis = "billed" | "effective";

/** What one thing cost on one day, or on one invoice. */
export interface BilledCell {
  /** Day of the charge, or first day of the invoice's month. */
  readonly day: Day;
  readonly kind: CellKind;
  readonly service: string | null;
  readonly sku: string | null;
  readonly unit: string | null;
  readonly cost: Decimal;
  /** Null where some charge does not tell. */
  readonly list: Decimal | null;
  readonly quantity: Decimal | null;
}

export interface BilledCells {
  readonly cells: readonly BilledCell[];
  readonly currency: string;
  readonly result: Pick<QueryResult, "completeTo" | "periods" | "lakeVersion" | "basis" | "notes">;
  /** Does the billed cost stand in for an unknown effective one? */
  readonly standsIn: boolean;
}

export interface CellQuestion {
  readonly where: Filter | undefined;
  readonly basis: CostBasis;
  readonly axis: TimeAxis;
  readonly start?: string;
  readonly end: string;
}

const DIMENSIONS = [
  "ChargeCategory",
  "ChargeClass",
  "CommitmentDiscountStatus",
  "ServiceName",
  "SkuPriceId",
  "SkuId",
  "ChargeDescription",
  "PricingUnit",
] as const;

/** As `trimtab explain` sorts charges. */
const kindOf = (category: string | null, chargeClass: string | null, status: string | null): CellKind => {
  if (category === "Credit") return "credit";
  if (category === "Tax") return "tax";
  if (category === "Adjustment" || chargeClass === "Correction") return "adjustment";
  if (category === "Purchase") return "purchase";
  return status === "Unused" ? "unused" : "usage";
};

/**
 * All charges of a filter as cells. @throws VERIFY_CURRENCIES_MIXED, QUERY_*
 */
export const readBilledCells = async (
  engine: QueryEngine,
  { where, basis, axis, start, end }: CellQuestion,
  context: QueryContext,
): Promise<BilledCells> => {
  const result = await runQuery(
    engine,
    {
      measures: [basis, "billed", "list", "priced"].filter((name, index, all) => all.indexOf(name) === index),
      by: [...DIMENSIONS],
      grain: axis === "charge" ? "day" : "month",
      timeAxis: axis,
      ...(where === undefined ? {} : { where }),
      period: { ...(start === undefined ? {} : { start }), end },
    },
    { ...context, rates: undefined },
  );
  if (result.currency.length > 1)
    throw ledgerErrors.create("VERIFY_CURRENCIES_MIXED", { currencies: result.currency.join(", ") });
  const at = (measure: string) =>
    result.columns.findIndex((column) => column.measure === measure && column.aspect !== "unit");
  const [costAt, billedAt, listAt, pricedAt] = [basis, "billed", "list", "priced"].map(at) as [
    number,
    number,
    number,
    number,
  ];
  const partly = (index: number) =>
    new Set(
      result.unknown
        .filter(({ column }) => column === result.columns[index]?.name)
        .flatMap(({ cells }) => cells),
    );
  const [noList, noQuantity, noCost] = [partly(listAt), partly(pricedAt), partly(costAt)];
  const amount = (value: string | null | undefined) =>
    value === null || value === undefined ? null : decimal(value);
  const cells = result.rows.map((row, index): BilledCell => {
    const [time, category, chargeClass, status, service, priceId, skuId, description, unit] = row;
    const cost = noCost.has(index) ? row[billedAt] : row[costAt];
    return {
      day: (axis === "charge" ? time : `${time}-01`) as Day,
      kind: kindOf(category ?? null, chargeClass ?? null, status ?? null),
      service: service ?? null,
      sku: priceId ?? skuId ?? description ?? null,
      unit: unit ?? null,
      cost: amount(cost) ?? decimal("0"),
      list: noList.has(index) ? null : amount(row[listAt]),
      quantity: noQuantity.has(index) ? null : amount(row[pricedAt]),
    };
  });
  return { cells, currency: result.currency[0] ?? "", result, standsIn: noCost.size > 0 };
};
