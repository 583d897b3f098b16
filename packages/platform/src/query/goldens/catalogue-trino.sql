-- effective
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
UNION ALL
SELECT count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- billed, list, contracted
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2, sum(p3) AS p3, sum(p4) AS p4, sum(p5) AS p5, sum(p6) AS p6 FROM (
SELECT sum("charge_rows") AS p0, sum("BilledCost") AS p1, sum(("charge_rows" - "BilledCost_nulls")) AS p2, sum("ListCost") AS p3, sum(("charge_rows" - "ListCost_nulls")) AS p4, sum("ContractedCost") AS p5, sum(("charge_rows" - "ContractedCost_nulls")) AS p6
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
UNION ALL
SELECT count(1) AS p0, sum("BilledCost") AS p1, count("BilledCost") AS p2, sum("ListCost") AS p3, count("ListCost") AS p4, sum("ContractedCost") AS p5, count("ContractedCost") AS p6
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2, sum(p3) AS p3, sum(p4) AS p4, sum(p5) AS p5, sum(p6) AS p6 FROM g;

-- savings, savings-rate, unlisted
WITH g AS (
SELECT count(1) AS p0, sum(("ListCost" - "EffectiveCost")) FILTER (WHERE (("ChargeCategory" IS NULL) or (NOT ("ChargeCategory" IN ('Purchase', 'Tax', 'Credit', 'Adjustment'))))) AS p1, count(("ListCost" - "EffectiveCost")) FILTER (WHERE (("ChargeCategory" IS NULL) or (NOT ("ChargeCategory" IN ('Purchase', 'Tax', 'Credit', 'Adjustment'))))) AS p2, sum((CASE WHEN ("ListCost" IS NULL) THEN COALESCE("EffectiveCost", CAST('0' AS DECIMAL(38,12))) ELSE CAST('0' AS DECIMAL(38,12)) END)) FILTER (WHERE (("ChargeCategory" IS NULL) or (NOT ("ChargeCategory" IN ('Purchase', 'Tax', 'Credit', 'Adjustment'))))) AS p3, count(1) FILTER (WHERE (("ChargeCategory" IS NULL) or (NOT ("ChargeCategory" IN ('Purchase', 'Tax', 'Credit', 'Adjustment'))))) AS p4, sum("ListCost") FILTER (WHERE (("EffectiveCost" IS NOT NULL) and (("ChargeCategory" IS NULL) or (NOT ("ChargeCategory" IN ('Purchase', 'Tax', 'Credit', 'Adjustment')))))) AS p5
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2, sum(p3) AS p3, sum(p4) AS p4, sum(p5) AS p5 FROM g;

-- consumed, priced, unit-price, rows
WITH g AS (
SELECT count(1) AS p0, sum("ConsumedQuantity") AS p1, count("ConsumedQuantity") AS p2, min(COALESCE("ConsumedUnit", '')) FILTER (WHERE ("ConsumedQuantity" IS NOT NULL)) AS p3, max(COALESCE("ConsumedUnit", '')) FILTER (WHERE ("ConsumedQuantity" IS NOT NULL)) AS p4, sum("PricingQuantity") AS p5, count("PricingQuantity") AS p6, min(COALESCE("PricingUnit", '')) FILTER (WHERE ("PricingQuantity" IS NOT NULL)) AS p7, max(COALESCE("PricingUnit", '')) FILTER (WHERE ("PricingQuantity" IS NOT NULL)) AS p8, sum("EffectiveCost") FILTER (WHERE ("PricingQuantity" IS NOT NULL)) AS p9
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2, min(p3) AS p3, max(p4) AS p4, sum(p5) AS p5, sum(p6) AS p6, min(p7) AS p7, max(p8) AS p8, sum(p9) AS p9 FROM g;

-- effective by ServiceName
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT "ServiceName" AS k0, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT "ServiceName" AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective by ServiceCategory, ServiceSubcategory
WITH g AS (
SELECT "ServiceCategory" AS k0, "ServiceSubcategory" AS k1, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0, p1, p2 FROM g;

-- effective by ServiceName per day
WITH g AS (
SELECT k0, k1, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT "ChargeDay" AS k0, "ServiceName" AS k1, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1, 2
UNION ALL
SELECT CAST("ChargePeriodStart" AS DATE) AS k0, "ServiceName" AS k1, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
) AS u
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0, p1, p2 FROM g;

-- effective by provider per month
WITH g AS (
SELECT CAST(date_trunc('month', "ChargePeriodStart") AS TIMESTAMP(6)) AS k0, "ServiceProviderName" AS k1, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0, p1, p2 FROM g;

-- billed by InvoiceIssuerName per month invoiced
WITH g AS (
SELECT CAST(date_trunc('month', "BillingPeriodStart") AS TIMESTAMP(6)) AS k0, "InvoiceIssuerName" AS k1, count(1) AS p0, sum("BilledCost") AS p1, count("BilledCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0, p1, p2 FROM g;

-- billed by source
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT 'focus' AS k0, sum("charge_rows") AS p0, sum("BilledCost") AS p1, sum(("charge_rows" - "BilledCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT 'csv' AS k0, count(1) AS p0, sum("BilledCost") AS p1, count("BilledCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- billed by source, BillingCurrency per month
WITH g AS (
SELECT k0, k1, k2, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT CAST(date_trunc('month', "ChargeDay") AS TIMESTAMP(6)) AS k0, 'focus' AS k1, "BillingCurrency" AS k2, sum("charge_rows") AS p0, sum("BilledCost") AS p1, sum(("charge_rows" - "BilledCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1, 2, 3
UNION ALL
SELECT CAST(date_trunc('month', "ChargePeriodStart") AS TIMESTAMP(6)) AS k0, 'csv' AS k1, "BillingCurrency" AS k2, count(1) AS p0, sum("BilledCost") AS p1, count("BilledCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2, 3
) AS u
GROUP BY 1, 2, 3
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, k2, p0, p1, p2 FROM g;

-- effective by RegionId, RegionName top 5
WITH g AS (
SELECT "RegionId" AS k0, "RegionName" AS k1, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
), v AS (SELECT k0, k1, p0, p1, p2, p1 AS rank_value FROM g), p AS (SELECT k0, k1, p0, p1, p2, dense_rank() OVER (ORDER BY rank_value DESC NULLS LAST, k0 ASC NULLS LAST, k1 ASC NULLS LAST) AS place FROM v)
SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, k1, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (SELECT CASE WHEN place <= 5 THEN 0 ELSE 1 END AS row_kind, CASE WHEN place <= 5 THEN k0 END AS k0, CASE WHEN place <= 5 THEN k1 END AS k1, p0, p1, p2 FROM p) AS r GROUP BY GROUPING SETS ((row_kind, k0, k1), ());

-- effective by SubAccountName, SubAccountId top 3
WITH g AS (
SELECT "SubAccountName" AS k0, "SubAccountId" AS k1, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
), v AS (SELECT k0, k1, p0, p1, p2, p1 AS rank_value FROM g), p AS (SELECT k0, k1, p0, p1, p2, dense_rank() OVER (ORDER BY rank_value DESC NULLS LAST, k0 ASC NULLS LAST, k1 ASC NULLS LAST) AS place FROM v)
SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, k1, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (SELECT CASE WHEN place <= 3 THEN 0 ELSE 1 END AS row_kind, CASE WHEN place <= 3 THEN k0 END AS k0, CASE WHEN place <= 3 THEN k1 END AS k1, p0, p1, p2 FROM p) AS r GROUP BY GROUPING SETS ((row_kind, k0, k1), ());

-- effective by ResourceId top 20
WITH g AS (
SELECT "ResourceId" AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
), v AS (SELECT k0, p0, p1, p2, p1 AS rank_value FROM g), p AS (SELECT k0, p0, p1, p2, dense_rank() OVER (ORDER BY rank_value DESC NULLS LAST, k0 ASC NULLS LAST) AS place FROM v)
SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (SELECT CASE WHEN place <= 20 THEN 0 ELSE 1 END AS row_kind, CASE WHEN place <= 20 THEN k0 END AS k0, p0, p1, p2 FROM p) AS r GROUP BY GROUPING SETS ((row_kind, k0), ());

-- effective by ResourceId per month top 10
WITH g AS (
SELECT CAST(date_trunc('month', "ChargePeriodStart") AS TIMESTAMP(6)) AS k0, "ResourceId" AS k1, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
), v AS (SELECT k0, k1, p0, p1, p2, sum(p1) OVER (PARTITION BY k1) AS rank_value FROM g), p AS (SELECT k0, k1, p0, p1, p2, dense_rank() OVER (ORDER BY rank_value DESC NULLS LAST, k1 ASC NULLS LAST) AS place FROM v)
SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, k1, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (SELECT CASE WHEN place <= 10 THEN 0 ELSE 1 END AS row_kind, k0, CASE WHEN place <= 10 THEN k1 END AS k1, p0, p1, p2 FROM p) AS r GROUP BY GROUPING SETS ((row_kind, k0, k1), ());

-- effective by SkuId, ChargeDescription top 15
WITH g AS (
SELECT "SkuId" AS k0, "ChargeDescription" AS k1, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
), v AS (SELECT k0, k1, p0, p1, p2, p1 AS rank_value FROM g), p AS (SELECT k0, k1, p0, p1, p2, dense_rank() OVER (ORDER BY rank_value DESC NULLS LAST, k0 ASC NULLS LAST, k1 ASC NULLS LAST) AS place FROM v)
SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, k1, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (SELECT CASE WHEN place <= 15 THEN 0 ELSE 1 END AS row_kind, CASE WHEN place <= 15 THEN k0 END AS k0, CASE WHEN place <= 15 THEN k1 END AS k1, p0, p1, p2 FROM p) AS r GROUP BY GROUPING SETS ((row_kind, k0, k1), ());

-- savings-rate by ServiceName top 5
WITH g AS (
SELECT "ServiceName" AS k0, count(1) AS p0, sum(("ListCost" - "EffectiveCost")) FILTER (WHERE (("ChargeCategory" IS NULL) or (NOT ("ChargeCategory" IN ('Purchase', 'Tax', 'Credit', 'Adjustment'))))) AS p1, sum("ListCost") FILTER (WHERE (("EffectiveCost" IS NOT NULL) and (("ChargeCategory" IS NULL) or (NOT ("ChargeCategory" IN ('Purchase', 'Tax', 'Credit', 'Adjustment')))))) AS p2, count(("ListCost" - "EffectiveCost")) FILTER (WHERE (("ChargeCategory" IS NULL) or (NOT ("ChargeCategory" IN ('Purchase', 'Tax', 'Credit', 'Adjustment'))))) AS p3, sum((CASE WHEN ("ListCost" IS NULL) THEN COALESCE("EffectiveCost", CAST('0' AS DECIMAL(38,12))) ELSE CAST('0' AS DECIMAL(38,12)) END)) FILTER (WHERE (("ChargeCategory" IS NULL) or (NOT ("ChargeCategory" IN ('Purchase', 'Tax', 'Credit', 'Adjustment'))))) AS p4, count(1) FILTER (WHERE (("ChargeCategory" IS NULL) or (NOT ("ChargeCategory" IN ('Purchase', 'Tax', 'Credit', 'Adjustment'))))) AS p5
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2, p3, p4, p5 FROM g;

-- unit-price by SkuId, PricingUnit top 12
WITH g AS (
SELECT "SkuId" AS k0, "PricingUnit" AS k1, count(1) AS p0, sum("EffectiveCost") FILTER (WHERE ("PricingQuantity" IS NOT NULL)) AS p1, sum("PricingQuantity") AS p2, (CASE WHEN (count("PricingQuantity") > 0) THEN COALESCE("PricingUnit", '') END) AS p3, (CASE WHEN (count("PricingQuantity") > 0) THEN COALESCE("PricingUnit", '') END) AS p4
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0, p1, p2, p3, p4 FROM g;

-- consumed by ConsumedUnit
WITH g AS (
SELECT "ConsumedUnit" AS k0, count(1) AS p0, sum("ConsumedQuantity") AS p1, count("ConsumedQuantity") AS p2, (CASE WHEN (count("ConsumedQuantity") > 0) THEN COALESCE("ConsumedUnit", '') END) AS p3, (CASE WHEN (count("ConsumedQuantity") > 0) THEN COALESCE("ConsumedUnit", '') END) AS p4
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2, p3, p4 FROM g;

-- consumed by ServiceName, ConsumedUnit per week
WITH g AS (
SELECT CAST(date_trunc('week', "ChargePeriodStart") AS TIMESTAMP(6)) AS k0, "ServiceName" AS k1, "ConsumedUnit" AS k2, count(1) AS p0, sum("ConsumedQuantity") AS p1, count("ConsumedQuantity") AS p2, (CASE WHEN (count("ConsumedQuantity") > 0) THEN COALESCE("ConsumedUnit", '') END) AS p3, (CASE WHEN (count("ConsumedQuantity") > 0) THEN COALESCE("ConsumedUnit", '') END) AS p4
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2, 3
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, k2, p0, p1, p2, p3, p4 FROM g;

-- priced by PricingUnit top 3
WITH g AS (
SELECT "PricingUnit" AS k0, count(1) AS p0, sum("PricingQuantity") AS p1, count("PricingQuantity") AS p2, (CASE WHEN (count("PricingQuantity") > 0) THEN COALESCE("PricingUnit", '') END) AS p3, (CASE WHEN (count("PricingQuantity") > 0) THEN COALESCE("PricingUnit", '') END) AS p4
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2, p3, p4 FROM g;

-- effective by tag:team
WITH g AS (
SELECT COALESCE("x_tag_team", element_at("Tags", 'team')) AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective by tag:team, tag:environment
WITH g AS (
SELECT COALESCE("x_tag_team", element_at("Tags", 'team')) AS k0, element_at("Tags", 'environment') AS k1, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0, p1, p2 FROM g;

-- effective by tag:no-such-tag
WITH g AS (
SELECT element_at("Tags", 'no-such-tag') AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective by x:no-such-column
WITH g AS (
SELECT COALESCE(json_extract_scalar("x_extra", '$["no-such-column"]'), NULLIF(json_format(json_extract("x_extra", '$["no-such-column"]')), 'null')) AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective by ChargeCategory, ChargeClass, ChargeFrequency
WITH g AS (
SELECT "ChargeCategory" AS k0, "ChargeClass" AS k1, "ChargeFrequency" AS k2, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2, 3
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, k2, p0, p1, p2 FROM g;

-- effective by CommitmentDiscountStatus, CommitmentDiscountType
WITH g AS (
SELECT "CommitmentDiscountStatus" AS k0, "CommitmentDiscountType" AS k1, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0, p1, p2 FROM g;

-- effective by BillingPeriodStart invoiced
WITH g AS (
SELECT "BillingPeriodStart" AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective by ChargePeriodStart limit 7
WITH g AS (
SELECT "ChargePeriodStart" AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT * FROM (SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (SELECT 0 AS row_kind, k0, p0, p1, p2 FROM g) AS r GROUP BY GROUPING SETS ((row_kind, k0), ())) AS s ORDER BY kind DESC, p1 DESC NULLS LAST, k0 ASC NULLS LAST LIMIT 8;

-- rows by AvailabilityZone per quarter
WITH g AS (
SELECT CAST(date_trunc('quarter', "ChargePeriodStart") AS TIMESTAMP(6)) AS k0, "AvailabilityZone" AS k1, count(1) AS p0
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0 FROM g;

-- rows per hour limit 48
WITH g AS (
SELECT CAST(date_trunc('hour', "ChargePeriodStart") AS TIMESTAMP(6)) AS k0, count(1) AS p0
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT * FROM (SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, sum(p0) AS p0 FROM (SELECT 0 AS row_kind, k0, p0 FROM g) AS r GROUP BY GROUPING SETS ((row_kind, k0), ())) AS s ORDER BY kind DESC, k0 ASC NULLS LAST, p0 DESC NULLS LAST, k0 ASC NULLS LAST LIMIT 49;

-- rows per day
WITH g AS (
SELECT k0, sum(p0) AS p0 FROM (
SELECT "ChargeDay" AS k0, sum("charge_rows") AS p0
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT CAST("ChargePeriodStart" AS DATE) AS k0, count(1) AS p0
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0 FROM g;

-- effective per week
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT CAST(date_trunc('week', "ChargeDay") AS TIMESTAMP(6)) AS k0, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT CAST(date_trunc('week', "ChargePeriodStart") AS TIMESTAMP(6)) AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective per month
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT CAST(date_trunc('month', "ChargeDay") AS TIMESTAMP(6)) AS k0, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT CAST(date_trunc('month', "ChargePeriodStart") AS TIMESTAMP(6)) AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective per quarter
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT CAST(date_trunc('quarter', "ChargeDay") AS TIMESTAMP(6)) AS k0, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT CAST(date_trunc('quarter', "ChargePeriodStart") AS TIMESTAMP(6)) AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective per year
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT CAST(date_trunc('year', "ChargeDay") AS TIMESTAMP(6)) AS k0, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT CAST(date_trunc('year', "ChargePeriodStart") AS TIMESTAMP(6)) AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective per fiscal-year
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT CAST(date_trunc('year', "ChargeDay") AS TIMESTAMP(6)) AS k0, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT CAST(date_trunc('year', "ChargePeriodStart") AS TIMESTAMP(6)) AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective, rows per month order by time desc
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT CAST(date_trunc('month', "ChargeDay") AS TIMESTAMP(6)) AS k0, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT CAST(date_trunc('month', "ChargePeriodStart") AS TIMESTAMP(6)) AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective by ServiceName order by ServiceName
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT "ServiceName" AS k0, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT "ServiceName" AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective by ServiceName order by effective asc limit 4
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT "ServiceName" AS k0, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT "ServiceName" AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT * FROM (SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (SELECT 0 AS row_kind, k0, p0, p1, p2 FROM g) AS r GROUP BY GROUPING SETS ((row_kind, k0), ())) AS s ORDER BY kind DESC, p1 ASC NULLS LAST, k0 ASC NULLS LAST LIMIT 5;

-- rows, effective by ServiceName, RegionId order by rows desc, RegionId asc limit 9
WITH g AS (
SELECT k0, k1, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT "ServiceName" AS k0, "RegionId" AS k1, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1, 2
UNION ALL
SELECT "ServiceName" AS k0, "RegionId" AS k1, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
) AS u
GROUP BY 1, 2
)
SELECT * FROM (SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, k1, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (SELECT 0 AS row_kind, k0, k1, p0, p1, p2 FROM g) AS r GROUP BY GROUPING SETS ((row_kind, k0, k1), ())) AS s ORDER BY kind DESC, p0 DESC NULLS LAST, k1 ASC NULLS LAST, k0 ASC NULLS LAST, k1 ASC NULLS LAST LIMIT 10;

-- effective by ServiceName from 2026-03 to 2026-03 compare previous
WITH g AS (
SELECT k0, COALESCE(sum(p0) FILTER (WHERE NOT b), 0) AS p0, sum(p1) FILTER (WHERE NOT b) AS p1, COALESCE(sum(p2) FILTER (WHERE NOT b), 0) AS p2, COALESCE(sum(p0) FILTER (WHERE b), 0) AS q0, sum(p1) FILTER (WHERE b) AS q1, COALESCE(sum(p2) FILTER (WHERE b), 0) AS q2 FROM (
SELECT "ServiceName" AS k0, ("ChargeDay" < CAST('2026-03-01' AS DATE)) AS b, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (("ChargeDay" >= CAST('2026-02-02' AS DATE)) and ("ChargeDay" < CAST('2026-03-28' AS DATE)))
GROUP BY 1, 2
UNION ALL
SELECT "ServiceName" AS k0, ("ChargePeriodStart" < CAST('2026-03-01 00:00:00' AS TIMESTAMP(6))) AS b, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (("ChargePeriodStart" >= CAST('2026-02-02 00:00:00' AS TIMESTAMP(6))) and ("ChargePeriodStart" < CAST('2026-03-28 00:00:00' AS TIMESTAMP(6))))
GROUP BY 1, 2
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2, q0, q1, q2 FROM g;

-- effective by ServiceName per day from 2026-03 to 2026-03 compare previous
WITH g AS (
SELECT k0, k1, COALESCE(sum(p0) FILTER (WHERE NOT b), 0) AS p0, sum(p1) FILTER (WHERE NOT b) AS p1, COALESCE(sum(p2) FILTER (WHERE NOT b), 0) AS p2, COALESCE(sum(p0) FILTER (WHERE b), 0) AS q0, sum(p1) FILTER (WHERE b) AS q1, COALESCE(sum(p2) FILTER (WHERE b), 0) AS q2 FROM (
SELECT (CASE WHEN ("ChargeDay" < CAST('2026-03-01' AS DATE)) THEN CAST(date_add('day', 27, CAST("ChargeDay" AS TIMESTAMP(6))) AS DATE) ELSE "ChargeDay" END) AS k0, "ServiceName" AS k1, ("ChargeDay" < CAST('2026-03-01' AS DATE)) AS b, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (("ChargeDay" >= CAST('2026-02-02' AS DATE)) and ("ChargeDay" < CAST('2026-03-28' AS DATE)))
GROUP BY 1, 2, 3
UNION ALL
SELECT (CASE WHEN ("ChargePeriodStart" < CAST('2026-03-01 00:00:00' AS TIMESTAMP(6))) THEN CAST(date_add('day', 27, CAST("ChargePeriodStart" AS TIMESTAMP(6))) AS DATE) ELSE CAST("ChargePeriodStart" AS DATE) END) AS k0, "ServiceName" AS k1, ("ChargePeriodStart" < CAST('2026-03-01 00:00:00' AS TIMESTAMP(6))) AS b, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (("ChargePeriodStart" >= CAST('2026-02-02 00:00:00' AS TIMESTAMP(6))) and ("ChargePeriodStart" < CAST('2026-03-28 00:00:00' AS TIMESTAMP(6))))
GROUP BY 1, 2, 3
) AS u
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0, p1, p2, q0, q1, q2 FROM g;

-- effective by ServiceName from 2026-02 to 2026-03 compare year
WITH g AS (
SELECT k0, COALESCE(sum(p0) FILTER (WHERE NOT b), 0) AS p0, sum(p1) FILTER (WHERE NOT b) AS p1, COALESCE(sum(p2) FILTER (WHERE NOT b), 0) AS p2, COALESCE(sum(p0) FILTER (WHERE b), 0) AS q0, sum(p1) FILTER (WHERE b) AS q1, COALESCE(sum(p2) FILTER (WHERE b), 0) AS q2 FROM (
SELECT "ServiceName" AS k0, ("ChargeDay" < CAST('2025-03-28' AS DATE)) AS b, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE ((("ChargeDay" >= CAST('2025-02-01' AS DATE)) and ("ChargeDay" < CAST('2026-03-28' AS DATE))) and (("ChargeDay" >= CAST('2026-02-01' AS DATE)) or ("ChargeDay" < CAST('2025-03-28' AS DATE))))
GROUP BY 1, 2
UNION ALL
SELECT "ServiceName" AS k0, ("ChargePeriodStart" < CAST('2025-03-28 00:00:00' AS TIMESTAMP(6))) AS b, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE ((("ChargePeriodStart" >= CAST('2025-02-01 00:00:00' AS TIMESTAMP(6))) and ("ChargePeriodStart" < CAST('2026-03-28 00:00:00' AS TIMESTAMP(6)))) and (("ChargePeriodStart" >= CAST('2026-02-01 00:00:00' AS TIMESTAMP(6))) or ("ChargePeriodStart" < CAST('2025-03-28 00:00:00' AS TIMESTAMP(6)))))
GROUP BY 1, 2
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2, q0, q1, q2 FROM g;

-- effective by ServiceName from 2026-03 to 2026-03 compare month order by change desc
WITH g AS (
SELECT k0, COALESCE(sum(p0) FILTER (WHERE NOT b), 0) AS p0, sum(p1) FILTER (WHERE NOT b) AS p1, COALESCE(sum(p2) FILTER (WHERE NOT b), 0) AS p2, COALESCE(sum(p0) FILTER (WHERE b), 0) AS q0, sum(p1) FILTER (WHERE b) AS q1, COALESCE(sum(p2) FILTER (WHERE b), 0) AS q2 FROM (
SELECT "ServiceName" AS k0, ("ChargeDay" < CAST('2026-02-28' AS DATE)) AS b, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE ((("ChargeDay" >= CAST('2026-02-01' AS DATE)) and ("ChargeDay" < CAST('2026-03-28' AS DATE))) and (("ChargeDay" >= CAST('2026-03-01' AS DATE)) or ("ChargeDay" < CAST('2026-02-28' AS DATE))))
GROUP BY 1, 2
UNION ALL
SELECT "ServiceName" AS k0, ("ChargePeriodStart" < CAST('2026-02-28 00:00:00' AS TIMESTAMP(6))) AS b, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE ((("ChargePeriodStart" >= CAST('2026-02-01 00:00:00' AS TIMESTAMP(6))) and ("ChargePeriodStart" < CAST('2026-03-28 00:00:00' AS TIMESTAMP(6)))) and (("ChargePeriodStart" >= CAST('2026-03-01 00:00:00' AS TIMESTAMP(6))) or ("ChargePeriodStart" < CAST('2026-02-28 00:00:00' AS TIMESTAMP(6)))))
GROUP BY 1, 2
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2, q0, q1, q2 FROM g;

-- effective by ServiceName from 2026-03 to 2026-03 compare month order by abs-change desc top 3
WITH g AS (
SELECT k0, COALESCE(sum(p0) FILTER (WHERE NOT b), 0) AS p0, sum(p1) FILTER (WHERE NOT b) AS p1, COALESCE(sum(p2) FILTER (WHERE NOT b), 0) AS p2, COALESCE(sum(p0) FILTER (WHERE b), 0) AS q0, sum(p1) FILTER (WHERE b) AS q1, COALESCE(sum(p2) FILTER (WHERE b), 0) AS q2 FROM (
SELECT "ServiceName" AS k0, ("ChargeDay" < CAST('2026-02-28' AS DATE)) AS b, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE ((("ChargeDay" >= CAST('2026-02-01' AS DATE)) and ("ChargeDay" < CAST('2026-03-28' AS DATE))) and (("ChargeDay" >= CAST('2026-03-01' AS DATE)) or ("ChargeDay" < CAST('2026-02-28' AS DATE))))
GROUP BY 1, 2
UNION ALL
SELECT "ServiceName" AS k0, ("ChargePeriodStart" < CAST('2026-02-28 00:00:00' AS TIMESTAMP(6))) AS b, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE ((("ChargePeriodStart" >= CAST('2026-02-01 00:00:00' AS TIMESTAMP(6))) and ("ChargePeriodStart" < CAST('2026-03-28 00:00:00' AS TIMESTAMP(6)))) and (("ChargePeriodStart" >= CAST('2026-03-01 00:00:00' AS TIMESTAMP(6))) or ("ChargePeriodStart" < CAST('2026-02-28 00:00:00' AS TIMESTAMP(6)))))
GROUP BY 1, 2
) AS u
GROUP BY 1
), v AS (SELECT k0, p0, p1, p2, q0, q1, q2, abs((CASE WHEN p0 = 0 THEN 0 ELSE p1 END - CASE WHEN q0 = 0 THEN 0 ELSE q1 END)) AS rank_value FROM g), p AS (SELECT k0, p0, p1, p2, q0, q1, q2, dense_rank() OVER (ORDER BY rank_value DESC NULLS LAST, k0 ASC NULLS LAST) AS place FROM v)
SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2, sum(q0) AS q0, sum(q1) AS q1, sum(q2) AS q2 FROM (SELECT CASE WHEN place <= 3 THEN 0 ELSE 1 END AS row_kind, CASE WHEN place <= 3 THEN k0 END AS k0, p0, p1, p2, q0, q1, q2 FROM p) AS r GROUP BY GROUPING SETS ((row_kind, k0), ());

-- savings, rows by ServiceName per month from 2026-02 to 2026-03 compare previous top 4
WITH g AS (
SELECT k0, k1, COALESCE(sum(p0) FILTER (WHERE NOT b), 0) AS p0, sum(p1) FILTER (WHERE NOT b) AS p1, COALESCE(sum(p2) FILTER (WHERE NOT b), 0) AS p2, sum(p3) FILTER (WHERE NOT b) AS p3, COALESCE(sum(p4) FILTER (WHERE NOT b), 0) AS p4, COALESCE(sum(p0) FILTER (WHERE b), 0) AS q0, sum(p1) FILTER (WHERE b) AS q1, COALESCE(sum(p2) FILTER (WHERE b), 0) AS q2, sum(p3) FILTER (WHERE b) AS q3, COALESCE(sum(p4) FILTER (WHERE b), 0) AS q4 FROM (
SELECT (CASE WHEN ("ChargePeriodStart" < CAST('2026-02-01 00:00:00' AS TIMESTAMP(6))) THEN CAST(date_trunc('month', date_add('day', 55, CAST("ChargePeriodStart" AS TIMESTAMP(6)))) AS TIMESTAMP(6)) ELSE CAST(date_trunc('month', "ChargePeriodStart") AS TIMESTAMP(6)) END) AS k0, "ServiceName" AS k1, ("ChargePeriodStart" < CAST('2026-02-01 00:00:00' AS TIMESTAMP(6))) AS b, count(1) AS p0, sum(("ListCost" - "EffectiveCost")) FILTER (WHERE (("ChargeCategory" IS NULL) or (NOT ("ChargeCategory" IN ('Purchase', 'Tax', 'Credit', 'Adjustment'))))) AS p1, count(("ListCost" - "EffectiveCost")) FILTER (WHERE (("ChargeCategory" IS NULL) or (NOT ("ChargeCategory" IN ('Purchase', 'Tax', 'Credit', 'Adjustment'))))) AS p2, sum((CASE WHEN ("ListCost" IS NULL) THEN COALESCE("EffectiveCost", CAST('0' AS DECIMAL(38,12))) ELSE CAST('0' AS DECIMAL(38,12)) END)) FILTER (WHERE (("ChargeCategory" IS NULL) or (NOT ("ChargeCategory" IN ('Purchase', 'Tax', 'Credit', 'Adjustment'))))) AS p3, count(1) FILTER (WHERE (("ChargeCategory" IS NULL) or (NOT ("ChargeCategory" IN ('Purchase', 'Tax', 'Credit', 'Adjustment'))))) AS p4
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE (("ChargePeriodStart" >= CAST('2025-12-08 00:00:00' AS TIMESTAMP(6))) and ("ChargePeriodStart" < CAST('2026-03-28 00:00:00' AS TIMESTAMP(6))))
GROUP BY 1, 2, 3
) AS u
GROUP BY 1, 2
), v AS (SELECT k0, k1, p0, p1, p2, p3, p4, q0, q1, q2, q3, q4, CASE WHEN sum(p4) OVER (PARTITION BY k1) = 0 THEN 0 ELSE sum(p1) OVER (PARTITION BY k1) END AS rank_value FROM g), p AS (SELECT k0, k1, p0, p1, p2, p3, p4, q0, q1, q2, q3, q4, dense_rank() OVER (ORDER BY rank_value DESC NULLS LAST, k1 ASC NULLS LAST) AS place FROM v)
SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, k1, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2, sum(p3) AS p3, sum(p4) AS p4, sum(q0) AS q0, sum(q1) AS q1, sum(q2) AS q2, sum(q3) AS q3, sum(q4) AS q4 FROM (SELECT CASE WHEN place <= 4 THEN 0 ELSE 1 END AS row_kind, k0, CASE WHEN place <= 4 THEN k1 END AS k1, p0, p1, p2, p3, p4, q0, q1, q2, q3, q4 FROM p) AS r GROUP BY GROUPING SETS ((row_kind, k0, k1), ());

-- effective where ServiceName contains 'a'
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and (strpos("ServiceName", 'a') > 0))
UNION ALL
SELECT count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and (strpos("ServiceName", 'a') > 0))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective where ServiceName starts with 'A' or ServiceName starts with 'C'
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and (starts_with("ServiceName", 'A') or starts_with("ServiceName", 'C')))
UNION ALL
SELECT count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and (starts_with("ServiceName", 'A') or starts_with("ServiceName", 'C')))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective where not (ServiceName starts with 'A')
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and ((NOT starts_with("ServiceName", 'A')) or ("ServiceName" IS NULL)))
UNION ALL
SELECT count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and ((NOT starts_with("ServiceName", 'A')) or ("ServiceName" IS NULL)))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective by ServiceName where ServiceName matches '^[A-C].*[a-z]$'
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT "ServiceName" AS k0, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and regexp_like("ServiceName", '^[A-C].*[a-z]$'))
GROUP BY 1
UNION ALL
SELECT "ServiceName" AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and regexp_like("ServiceName", '^[A-C].*[a-z]$'))
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective where RegionId in ('us-east-1', 'eu-west-1', 'us', 'eu')
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and ("RegionId" IN ('us-east-1', 'eu-west-1', 'us', 'eu')))
UNION ALL
SELECT count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and ("RegionId" IN ('us-east-1', 'eu-west-1', 'us', 'eu')))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective where RegionId not in ('us-east-1', 'eu')
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and ((NOT ("RegionId" IN ('us-east-1', 'eu'))) or ("RegionId" IS NULL)))
UNION ALL
SELECT count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and ((NOT ("RegionId" IN ('us-east-1', 'eu'))) or ("RegionId" IS NULL)))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective where RegionId is null
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and ("RegionId" IS NULL))
UNION ALL
SELECT count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and ("RegionId" IS NULL))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective where tag:team present
WITH g AS (
SELECT count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE (true and (COALESCE("x_tag_team", element_at("Tags", 'team')) IS NOT NULL))
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective where tag:team absent
WITH g AS (
SELECT count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE (true and (COALESCE("x_tag_team", element_at("Tags", 'team')) IS NULL))
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective by tag:team where tag:team != 'search'
WITH g AS (
SELECT COALESCE("x_tag_team", element_at("Tags", 'team')) AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE (true and ((COALESCE("x_tag_team", element_at("Tags", 'team')) <> 'search') or (COALESCE("x_tag_team", element_at("Tags", 'team')) IS NULL)))
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- rows where BilledCost > 10 and BilledCost <= 1000.5
WITH g AS (
SELECT count(1) AS p0
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE (true and (("BilledCost" > CAST('10' AS DECIMAL(38,12))) and ("BilledCost" <= CAST('1000.5' AS DECIMAL(38,12)))))
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0 FROM g;

-- rows where EffectiveCost < 0
WITH g AS (
SELECT count(1) AS p0
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE (true and ("EffectiveCost" < CAST('0' AS DECIMAL(38,12))))
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0 FROM g;

-- rows where ListCost is null
WITH g AS (
SELECT count(1) AS p0
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE (true and ("ListCost" IS NULL))
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0 FROM g;

-- rows where ChargePeriodStart >= 2026-02-03 and ChargePeriodStart < 2026-02-10
WITH g AS (
SELECT count(1) AS p0
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE (true and (("ChargePeriodStart" >= CAST('2026-02-03 00:00:00' AS TIMESTAMP(6))) and ("ChargePeriodStart" < CAST('2026-02-10 00:00:00' AS TIMESTAMP(6)))))
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0 FROM g;

-- rows where ServiceName = 'it''s; DROP TABLE charges; --'
WITH g AS (
SELECT sum(p0) AS p0 FROM (
SELECT sum("charge_rows") AS p0
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and ("ServiceName" = 'it''s; DROP TABLE charges; --'))
UNION ALL
SELECT count(1) AS p0
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and ("ServiceName" = 'it''s; DROP TABLE charges; --'))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0 FROM g;

-- effective from 2026-02 to 2026-02
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02')) AS c
WHERE (("ChargeDay" >= CAST('2026-02-01' AS DATE)) and ("ChargeDay" < CAST('2026-03-01' AS DATE)))
UNION ALL
SELECT count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02')) AS c
WHERE (("ChargePeriodStart" >= CAST('2026-02-01 00:00:00' AS TIMESTAMP(6))) and ("ChargePeriodStart" < CAST('2026-03-01 00:00:00' AS TIMESTAMP(6))))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective by ServiceName until 2026-02-15
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT "ServiceName" AS k0, sum("charge_rows") AS p0, sum("EffectiveCost") AS p1, sum(("charge_rows" - "EffectiveCost_nulls")) AS p2
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02')) AS c
WHERE ("ChargeDay" < CAST('2026-02-15' AS DATE))
GROUP BY 1
UNION ALL
SELECT "ServiceName" AS k0, count(1) AS p0, sum("EffectiveCost") AS p1, count("EffectiveCost") AS p2
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02')) AS c
WHERE ("ChargePeriodStart" < CAST('2026-02-15 00:00:00' AS TIMESTAMP(6)))
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- rows by "tag:it's ""odd""\\", "x:a.b[0]$"
WITH g AS (
SELECT element_at("Tags", 'it''s "odd"\\') AS k0, COALESCE(json_extract_scalar("x_extra", '$["a.b[0]$"]'), NULLIF(json_format(json_extract("x_extra", '$["a.b[0]$"]')), 'null')) AS k1, count(1) AS p0
FROM (SELECT * FROM "charges" WHERE "load" IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0 FROM g;

-- rows where ServiceName = 'a''b\c'
WITH g AS (
SELECT sum(p0) AS p0 FROM (
SELECT sum("charge_rows") AS p0
FROM (SELECT * FROM "daily" WHERE "load" IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and ("ServiceName" = 'a''b\c'))
UNION ALL
SELECT count(1) AS p0
FROM (SELECT * FROM "charges" WHERE "load" IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and ("ServiceName" = 'a''b\c'))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0 FROM g;
