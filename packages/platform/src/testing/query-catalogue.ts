/**
 * Every kind of question there is, as texts: each measure, each kind of dimension, grain, operator, order and clause. Asked
 * over any lake, also one that lacks what they name.
 */
export const QUERY_CATALOGUE: readonly string[] = [
  "effective",
  "billed, list, contracted",
  "savings, savings-rate, unlisted",
  "consumed, priced, unit-price, rows",
  "effective by ServiceName",
  "effective by ServiceCategory, ServiceSubcategory",
  "effective by ServiceName per day",
  "effective by provider per month",
  "billed by InvoiceIssuerName per month invoiced",
  "billed by source",
  "billed by source, BillingCurrency per month",
  "effective by RegionId, RegionName top 5",
  "effective by SubAccountName, SubAccountId top 3",
  "effective by ResourceId top 20",
  "effective by ResourceId per month top 10",
  "effective by SkuId, ChargeDescription top 15",
  "savings-rate by ServiceName top 5",
  "unit-price by SkuId, PricingUnit top 12",
  "consumed by ConsumedUnit",
  "consumed by ServiceName, ConsumedUnit per week",
  "priced by PricingUnit top 3",
  "effective by tag:team",
  "effective by tag:team, tag:environment",
  "effective by tag:no-such-tag",
  "effective by x:no-such-column",
  "effective by ChargeCategory, ChargeClass, ChargeFrequency",
  "effective by CommitmentDiscountStatus, CommitmentDiscountType",
  "effective by BillingPeriodStart invoiced",
  "effective by ChargePeriodStart limit 7",
  "rows by AvailabilityZone per quarter",
  "rows per hour limit 48",
  "rows per day",
  "effective per week",
  "effective per month",
  "effective per quarter",
  "effective per year",
  "effective per fiscal-year",
  "effective, rows per month order by time desc",
  "effective by ServiceName order by ServiceName",
  "effective by ServiceName order by effective asc limit 4",
  "rows, effective by ServiceName, RegionId order by rows desc, RegionId asc limit 9",
  "effective by ServiceName from 2026-03 to 2026-03 compare previous",
  "effective by ServiceName per day from 2026-03 to 2026-03 compare previous",
  "effective by ServiceName from 2026-02 to 2026-03 compare year",
  "effective by ServiceName from 2026-03 to 2026-03 compare month order by change desc",
  "effective by ServiceName from 2026-03 to 2026-03 compare month order by abs-change desc top 3",
  "savings, rows by ServiceName per month from 2026-02 to 2026-03 compare previous top 4",
  "effective where ServiceName contains 'a'",
  "effective where ServiceName starts with 'A' or ServiceName starts with 'C'",
  "effective where not (ServiceName starts with 'A')",
  "effective by ServiceName where ServiceName matches '^[A-C].*[a-z]$'",
  "effective where RegionId in ('us-east-1', 'eu-west-1', 'us', 'eu')",
  "effective where RegionId not in ('us-east-1', 'eu')",
  "effective where RegionId is null",
  "effective where tag:team present",
  "effective where tag:team absent",
  "effective by tag:team where tag:team != 'search'",
  "rows where BilledCost > 10 and BilledCost <= 1000.5",
  "rows where EffectiveCost < 0",
  "rows where ListCost is null",
  "rows where ChargePeriodStart >= 2026-02-03 and ChargePeriodStart < 2026-02-10",
  "rows where ServiceName = 'it''s; DROP TABLE charges; --'",
  "effective from 2026-02 to 2026-02",
  "effective by ServiceName until 2026-02-15",
];

/**
 * With TRIMTAB_CLUSTER_SHARE=5 every fifth question, from `offset` on: for suites that ask again, on other lakes, what
 * the suite of equal answers asks in full. All of them by default.
 */
export const someQuestions = (offset: number): readonly string[] => {
  const share = Number(process.env.TRIMTAB_CLUSTER_SHARE ?? 1);
  return QUERY_CATALOGUE.filter((_, index) => index % share === offset % share);
};
