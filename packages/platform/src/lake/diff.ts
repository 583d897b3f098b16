import { decimal, formatDecimal, subtract } from "@trimtab/domain";
import type { RunOptions } from "./database.ts";
import type { Lake } from "./lake.ts";
import type { LoadEntry } from "./manifest.ts";

/** A cost that a restatement changed. Amounts are decimal texts; null where the side has no such charge. */
export interface DiffLine {
  readonly instance: string;
  readonly billingPeriod: string;
  readonly day: string;
  readonly service: string | null;
  readonly chargeCategory: string | null;
  readonly currency: string;
  readonly billedBefore: string;
  readonly billedAfter: string;
  readonly billedChange: string;
  readonly effectiveChange: string;
  /** What moved: charges, usage, price, or only the split into rows. */
  readonly because: string;
}

export interface LakeDiff {
  readonly from: number;
  readonly to: number;
  /** Loads that one version has and the other hasn't, with nothing on the other side to compare. */
  readonly added: readonly LoadEntry[];
  readonly removed: readonly LoadEntry[];
  readonly lines: readonly DiffLine[];
}

const keyOf = ({ instance, billingPeriod }: LoadEntry): string => JSON.stringify([instance, billingPeriod]);

const sideSql = (lake: Lake, load: LoadEntry): string =>
  "SELECT CAST(CAST(ChargePeriodStart AS DATE) AS VARCHAR) AS d, ServiceName AS s, ChargeCategory AS c, " +
  "BillingCurrency AS u, sum(BilledCost) AS b, sum(EffectiveCost) AS e, sum(PricingQuantity) AS q, count(*) AS n " +
  `FROM ${lake.scanCharges([load])} GROUP BY ALL`;

const charges = (count: number): string => `${count} ${count === 1 ? "charge" : "charges"}`;

const reasonOf = (rows: readonly [number, number], quantity: readonly [string, string]): string => {
  const [rowsBefore, rowsAfter] = rows;
  if (rowsBefore === 0) return `${charges(rowsAfter)} that ${rowsAfter === 1 ? "was" : "were"} not there`;
  if (rowsAfter === 0) return `${charges(rowsBefore)} ${rowsBefore === 1 ? "is" : "are"} gone`;
  const usage = `usage ${formatDecimal(decimal(quantity[0]))} became ${formatDecimal(decimal(quantity[1]))}`;
  const usageChanged = decimal(quantity[0]).toString() !== decimal(quantity[1]).toString();
  if (rowsBefore !== rowsAfter)
    return `${charges(rowsBefore)} became ${rowsAfter}${usageChanged ? `, ${usage}` : ""}`;
  return usageChanged ? usage : "the same usage at another price";
};

const compareLoads = async (
  lake: Lake,
  before: LoadEntry,
  after: LoadEntry,
  options: RunOptions,
): Promise<readonly DiffLine[]> => {
  const zero = (name: string) => `COALESCE(${name}, CAST(0 AS DECIMAL(38,12)))`;
  const { rows } = await lake.run(
    {
      text:
        `SELECT COALESCE(a.d, z.d), COALESCE(a.s, z.s), COALESCE(a.c, z.c), COALESCE(a.u, z.u), ` +
        `${zero("a.b")}, ${zero("z.b")}, ${zero("a.e")}, ${zero("z.e")}, ${zero("a.q")}, ${zero("z.q")}, ` +
        `COALESCE(a.n, 0), COALESCE(z.n, 0) FROM (${sideSql(lake, before)}) AS a ` +
        `FULL JOIN (${sideSql(lake, after)}) AS z ON a.d = z.d AND a.s IS NOT DISTINCT FROM z.s ` +
        "AND a.c IS NOT DISTINCT FROM z.c AND a.u IS NOT DISTINCT FROM z.u " +
        `WHERE ${zero("a.b")} <> ${zero("z.b")} OR ${zero("a.e")} <> ${zero("z.e")} ` +
        `ORDER BY abs(${zero("z.b")} - ${zero("a.b")}) DESC, 1, 2, 3, 4`,
    },
    options,
  );
  return rows.map((cells) => {
    const [day, service, category, currency, b0, b1, e0, e1, q0, q1, n0, n1] = cells.map((cell) =>
      cell === null ? null : String(cell),
    );
    const change = (from: string | null | undefined, to: string | null | undefined) =>
      formatDecimal(subtract(decimal(to ?? "0"), decimal(from ?? "0")));
    return {
      instance: after.instance,
      billingPeriod: after.billingPeriod,
      day: day ?? "",
      service: service ?? null,
      chargeCategory: category ?? null,
      currency: currency ?? "",
      billedBefore: formatDecimal(decimal(b0 ?? "0")),
      billedAfter: formatDecimal(decimal(b1 ?? "0")),
      billedChange: change(b0, b1),
      effectiveChange: change(e0, e1),
      because: reasonOf([Number(n0), Number(n1)], [q0 ?? "0", q1 ?? "0"]),
    };
  });
};

/**
 * What changed between two versions: per restated load, by day, service and charge category, largest change first.
 * @throws LAKE_VERSION_UNKNOWN
 */
export const diffVersions = async (
  lake: Lake,
  from: number,
  to: number,
  options: RunOptions = {},
): Promise<LakeDiff> => {
  const before = new Map((await lake.snapshot(from)).manifest.loads.map((load) => [keyOf(load), load]));
  const after = new Map((await lake.snapshot(to)).manifest.loads.map((load) => [keyOf(load), load]));
  const lines: DiffLine[] = [];
  for (const [key, load] of after) {
    const old = before.get(key);
    if (old !== undefined && old.id !== load.id)
      lines.push(...(await compareLoads(lake, old, load, options)));
  }
  return {
    from,
    to,
    added: [...after].filter(([key]) => !before.has(key)).map(([, load]) => load),
    removed: [...before].filter(([key]) => !after.has(key)).map(([, load]) => load),
    lines,
  };
};
