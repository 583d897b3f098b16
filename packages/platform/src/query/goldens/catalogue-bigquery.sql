-- effective
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
UNION ALL
SELECT COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- billed, list, contracted
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2, sum(p3) AS p3, sum(p4) AS p4, sum(p5) AS p5, sum(p6) AS p6 FROM (
SELECT SUM(`charge_rows`) AS p0, SUM(`BilledCost`) AS p1, SUM((`charge_rows` - `BilledCost_nulls`)) AS p2, SUM(`ListCost`) AS p3, SUM((`charge_rows` - `ListCost_nulls`)) AS p4, SUM(`ContractedCost`) AS p5, SUM((`charge_rows` - `ContractedCost_nulls`)) AS p6
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
UNION ALL
SELECT COUNT(1) AS p0, SUM(`BilledCost`) AS p1, COUNT(`BilledCost`) AS p2, SUM(`ListCost`) AS p3, COUNT(`ListCost`) AS p4, SUM(`ContractedCost`) AS p5, COUNT(`ContractedCost`) AS p6
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2, sum(p3) AS p3, sum(p4) AS p4, sum(p5) AS p5, sum(p6) AS p6 FROM g;

-- savings, savings-rate, unlisted
WITH g AS (
SELECT COUNT(1) AS p0, SUM(IF(((`ChargeCategory` IS NULL) or (NOT (`ChargeCategory` IN ('Purchase', 'Tax', 'Credit', 'Adjustment')))), (`ListCost` - `EffectiveCost`), NULL)) AS p1, COUNT(IF(((`ChargeCategory` IS NULL) or (NOT (`ChargeCategory` IN ('Purchase', 'Tax', 'Credit', 'Adjustment')))), (`ListCost` - `EffectiveCost`), NULL)) AS p2, SUM(IF(((`ChargeCategory` IS NULL) or (NOT (`ChargeCategory` IN ('Purchase', 'Tax', 'Credit', 'Adjustment')))), (CASE WHEN (`ListCost` IS NULL) THEN COALESCE(`EffectiveCost`, CAST('0' AS BIGNUMERIC)) ELSE CAST('0' AS BIGNUMERIC) END), NULL)) AS p3, COUNT(IF(((`ChargeCategory` IS NULL) or (NOT (`ChargeCategory` IN ('Purchase', 'Tax', 'Credit', 'Adjustment')))), 1, NULL)) AS p4, SUM(IF(((`EffectiveCost` IS NOT NULL) and ((`ChargeCategory` IS NULL) or (NOT (`ChargeCategory` IN ('Purchase', 'Tax', 'Credit', 'Adjustment'))))), `ListCost`, NULL)) AS p5
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2, sum(p3) AS p3, sum(p4) AS p4, sum(p5) AS p5 FROM g;

-- consumed, priced, unit-price, rows
WITH g AS (
SELECT COUNT(1) AS p0, SUM(`ConsumedQuantity`) AS p1, COUNT(`ConsumedQuantity`) AS p2, MIN(IF((`ConsumedQuantity` IS NOT NULL), COALESCE(`ConsumedUnit`, ''), NULL)) AS p3, MAX(IF((`ConsumedQuantity` IS NOT NULL), COALESCE(`ConsumedUnit`, ''), NULL)) AS p4, SUM(`PricingQuantity`) AS p5, COUNT(`PricingQuantity`) AS p6, MIN(IF((`PricingQuantity` IS NOT NULL), COALESCE(`PricingUnit`, ''), NULL)) AS p7, MAX(IF((`PricingQuantity` IS NOT NULL), COALESCE(`PricingUnit`, ''), NULL)) AS p8, SUM(IF((`PricingQuantity` IS NOT NULL), `EffectiveCost`, NULL)) AS p9
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2, min(p3) AS p3, max(p4) AS p4, sum(p5) AS p5, sum(p6) AS p6, min(p7) AS p7, max(p8) AS p8, sum(p9) AS p9 FROM g;

-- effective by ServiceName
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT `ServiceName` AS k0, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT `ServiceName` AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective by ServiceCategory, ServiceSubcategory
WITH g AS (
SELECT `ServiceCategory` AS k0, `ServiceSubcategory` AS k1, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0, p1, p2 FROM g;

-- effective by ServiceName per day
WITH g AS (
SELECT k0, k1, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT `ChargeDay` AS k0, `ServiceName` AS k1, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1, 2
UNION ALL
SELECT CAST(`ChargePeriodStart` AS DATE) AS k0, `ServiceName` AS k1, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
) AS u
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0, p1, p2 FROM g;

-- effective by provider per month
WITH g AS (
SELECT DATETIME_TRUNC(CAST(`ChargePeriodStart` AS DATETIME), MONTH) AS k0, `ServiceProviderName` AS k1, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0, p1, p2 FROM g;

-- billed by InvoiceIssuerName per month invoiced
WITH g AS (
SELECT DATETIME_TRUNC(CAST(`BillingPeriodStart` AS DATETIME), MONTH) AS k0, `InvoiceIssuerName` AS k1, COUNT(1) AS p0, SUM(`BilledCost`) AS p1, COUNT(`BilledCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0, p1, p2 FROM g;

-- billed by source
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT @p1 AS k0, SUM(`charge_rows`) AS p0, SUM(`BilledCost`) AS p1, SUM((`charge_rows` - `BilledCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT @p2 AS k0, COUNT(1) AS p0, SUM(`BilledCost`) AS p1, COUNT(`BilledCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- billed by source, BillingCurrency per month
WITH g AS (
SELECT k0, k1, k2, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT DATETIME_TRUNC(CAST(`ChargeDay` AS DATETIME), MONTH) AS k0, @p1 AS k1, `BillingCurrency` AS k2, SUM(`charge_rows`) AS p0, SUM(`BilledCost`) AS p1, SUM((`charge_rows` - `BilledCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1, 2, 3
UNION ALL
SELECT DATETIME_TRUNC(CAST(`ChargePeriodStart` AS DATETIME), MONTH) AS k0, @p2 AS k1, `BillingCurrency` AS k2, COUNT(1) AS p0, SUM(`BilledCost`) AS p1, COUNT(`BilledCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2, 3
) AS u
GROUP BY 1, 2, 3
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, k2, p0, p1, p2 FROM g;

-- effective by RegionId, RegionName top 5
WITH g AS (
SELECT `RegionId` AS k0, `RegionName` AS k1, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
), v AS (SELECT k0, k1, p0, p1, p2, p1 AS rank_value FROM g), p AS (SELECT k0, k1, p0, p1, p2, dense_rank() OVER (ORDER BY rank_value DESC NULLS LAST, k0 ASC NULLS LAST, k1 ASC NULLS LAST) AS place FROM v)
SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, k1, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (SELECT CASE WHEN place <= 5 THEN 0 ELSE 1 END AS row_kind, CASE WHEN place <= 5 THEN k0 END AS k0, CASE WHEN place <= 5 THEN k1 END AS k1, p0, p1, p2 FROM p) AS r GROUP BY GROUPING SETS ((row_kind, k0, k1), ());

-- effective by SubAccountName, SubAccountId top 3
WITH g AS (
SELECT `SubAccountName` AS k0, `SubAccountId` AS k1, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
), v AS (SELECT k0, k1, p0, p1, p2, p1 AS rank_value FROM g), p AS (SELECT k0, k1, p0, p1, p2, dense_rank() OVER (ORDER BY rank_value DESC NULLS LAST, k0 ASC NULLS LAST, k1 ASC NULLS LAST) AS place FROM v)
SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, k1, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (SELECT CASE WHEN place <= 3 THEN 0 ELSE 1 END AS row_kind, CASE WHEN place <= 3 THEN k0 END AS k0, CASE WHEN place <= 3 THEN k1 END AS k1, p0, p1, p2 FROM p) AS r GROUP BY GROUPING SETS ((row_kind, k0, k1), ());

-- effective by ResourceId top 20
WITH g AS (
SELECT `ResourceId` AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
), v AS (SELECT k0, p0, p1, p2, p1 AS rank_value FROM g), p AS (SELECT k0, p0, p1, p2, dense_rank() OVER (ORDER BY rank_value DESC NULLS LAST, k0 ASC NULLS LAST) AS place FROM v)
SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (SELECT CASE WHEN place <= 20 THEN 0 ELSE 1 END AS row_kind, CASE WHEN place <= 20 THEN k0 END AS k0, p0, p1, p2 FROM p) AS r GROUP BY GROUPING SETS ((row_kind, k0), ());

-- effective by ResourceId per month top 10
WITH g AS (
SELECT DATETIME_TRUNC(CAST(`ChargePeriodStart` AS DATETIME), MONTH) AS k0, `ResourceId` AS k1, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
), v AS (SELECT k0, k1, p0, p1, p2, sum(p1) OVER (PARTITION BY k1) AS rank_value FROM g), p AS (SELECT k0, k1, p0, p1, p2, dense_rank() OVER (ORDER BY rank_value DESC NULLS LAST, k1 ASC NULLS LAST) AS place FROM v)
SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, k1, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (SELECT CASE WHEN place <= 10 THEN 0 ELSE 1 END AS row_kind, k0, CASE WHEN place <= 10 THEN k1 END AS k1, p0, p1, p2 FROM p) AS r GROUP BY GROUPING SETS ((row_kind, k0, k1), ());

-- effective by SkuId, ChargeDescription top 15
WITH g AS (
SELECT `SkuId` AS k0, `ChargeDescription` AS k1, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
), v AS (SELECT k0, k1, p0, p1, p2, p1 AS rank_value FROM g), p AS (SELECT k0, k1, p0, p1, p2, dense_rank() OVER (ORDER BY rank_value DESC NULLS LAST, k0 ASC NULLS LAST, k1 ASC NULLS LAST) AS place FROM v)
SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, k1, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (SELECT CASE WHEN place <= 15 THEN 0 ELSE 1 END AS row_kind, CASE WHEN place <= 15 THEN k0 END AS k0, CASE WHEN place <= 15 THEN k1 END AS k1, p0, p1, p2 FROM p) AS r GROUP BY GROUPING SETS ((row_kind, k0, k1), ());

-- savings-rate by ServiceName top 5
WITH g AS (
SELECT `ServiceName` AS k0, COUNT(1) AS p0, SUM(IF(((`ChargeCategory` IS NULL) or (NOT (`ChargeCategory` IN ('Purchase', 'Tax', 'Credit', 'Adjustment')))), (`ListCost` - `EffectiveCost`), NULL)) AS p1, SUM(IF(((`EffectiveCost` IS NOT NULL) and ((`ChargeCategory` IS NULL) or (NOT (`ChargeCategory` IN ('Purchase', 'Tax', 'Credit', 'Adjustment'))))), `ListCost`, NULL)) AS p2, COUNT(IF(((`ChargeCategory` IS NULL) or (NOT (`ChargeCategory` IN ('Purchase', 'Tax', 'Credit', 'Adjustment')))), (`ListCost` - `EffectiveCost`), NULL)) AS p3, SUM(IF(((`ChargeCategory` IS NULL) or (NOT (`ChargeCategory` IN ('Purchase', 'Tax', 'Credit', 'Adjustment')))), (CASE WHEN (`ListCost` IS NULL) THEN COALESCE(`EffectiveCost`, CAST('0' AS BIGNUMERIC)) ELSE CAST('0' AS BIGNUMERIC) END), NULL)) AS p4, COUNT(IF(((`ChargeCategory` IS NULL) or (NOT (`ChargeCategory` IN ('Purchase', 'Tax', 'Credit', 'Adjustment')))), 1, NULL)) AS p5
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2, p3, p4, p5 FROM g;

-- unit-price by SkuId, PricingUnit top 12
WITH g AS (
SELECT `SkuId` AS k0, `PricingUnit` AS k1, COUNT(1) AS p0, SUM(IF((`PricingQuantity` IS NOT NULL), `EffectiveCost`, NULL)) AS p1, SUM(`PricingQuantity`) AS p2, (CASE WHEN (COUNT(`PricingQuantity`) > 0) THEN COALESCE(`PricingUnit`, '') END) AS p3, (CASE WHEN (COUNT(`PricingQuantity`) > 0) THEN COALESCE(`PricingUnit`, '') END) AS p4
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0, p1, p2, p3, p4 FROM g;

-- consumed by ConsumedUnit
WITH g AS (
SELECT `ConsumedUnit` AS k0, COUNT(1) AS p0, SUM(`ConsumedQuantity`) AS p1, COUNT(`ConsumedQuantity`) AS p2, (CASE WHEN (COUNT(`ConsumedQuantity`) > 0) THEN COALESCE(`ConsumedUnit`, '') END) AS p3, (CASE WHEN (COUNT(`ConsumedQuantity`) > 0) THEN COALESCE(`ConsumedUnit`, '') END) AS p4
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2, p3, p4 FROM g;

-- consumed by ServiceName, ConsumedUnit per week
WITH g AS (
SELECT DATETIME_TRUNC(CAST(`ChargePeriodStart` AS DATETIME), ISOWEEK) AS k0, `ServiceName` AS k1, `ConsumedUnit` AS k2, COUNT(1) AS p0, SUM(`ConsumedQuantity`) AS p1, COUNT(`ConsumedQuantity`) AS p2, (CASE WHEN (COUNT(`ConsumedQuantity`) > 0) THEN COALESCE(`ConsumedUnit`, '') END) AS p3, (CASE WHEN (COUNT(`ConsumedQuantity`) > 0) THEN COALESCE(`ConsumedUnit`, '') END) AS p4
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2, 3
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, k2, p0, p1, p2, p3, p4 FROM g;

-- priced by PricingUnit top 3
WITH g AS (
SELECT `PricingUnit` AS k0, COUNT(1) AS p0, SUM(`PricingQuantity`) AS p1, COUNT(`PricingQuantity`) AS p2, (CASE WHEN (COUNT(`PricingQuantity`) > 0) THEN COALESCE(`PricingUnit`, '') END) AS p3, (CASE WHEN (COUNT(`PricingQuantity`) > 0) THEN COALESCE(`PricingUnit`, '') END) AS p4
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2, p3, p4 FROM g;

-- effective by tag:team
WITH g AS (
SELECT COALESCE(`x_tag_team`, (SELECT e.value FROM UNNEST(`Tags`.key_value) AS e WHERE e.key = @p1)) AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective by tag:team, tag:environment
WITH g AS (
SELECT COALESCE(`x_tag_team`, (SELECT e.value FROM UNNEST(`Tags`.key_value) AS e WHERE e.key = @p1)) AS k0, (SELECT e.value FROM UNNEST(`Tags`.key_value) AS e WHERE e.key = @p2) AS k1, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0, p1, p2 FROM g;

-- effective by tag:no-such-tag
WITH g AS (
SELECT (SELECT e.value FROM UNNEST(`Tags`.key_value) AS e WHERE e.key = @p1) AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective by x:no-such-column
WITH g AS (
SELECT COALESCE(JSON_VALUE(`x_extra`, @p1), JSON_QUERY(`x_extra`, @p1)) AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective by ChargeCategory, ChargeClass, ChargeFrequency
WITH g AS (
SELECT `ChargeCategory` AS k0, `ChargeClass` AS k1, `ChargeFrequency` AS k2, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2, 3
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, k2, p0, p1, p2 FROM g;

-- effective by CommitmentDiscountStatus, CommitmentDiscountType
WITH g AS (
SELECT `CommitmentDiscountStatus` AS k0, `CommitmentDiscountType` AS k1, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0, p1, p2 FROM g;

-- effective by BillingPeriodStart invoiced
WITH g AS (
SELECT `BillingPeriodStart` AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective by ChargePeriodStart limit 7
WITH g AS (
SELECT `ChargePeriodStart` AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT * FROM (SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (SELECT 0 AS row_kind, k0, p0, p1, p2 FROM g) AS r GROUP BY GROUPING SETS ((row_kind, k0), ())) AS s ORDER BY kind DESC, p1 DESC NULLS LAST, k0 ASC NULLS LAST LIMIT 8;

-- rows by AvailabilityZone per quarter
WITH g AS (
SELECT DATETIME_TRUNC(CAST(`ChargePeriodStart` AS DATETIME), QUARTER) AS k0, `AvailabilityZone` AS k1, COUNT(1) AS p0
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0 FROM g;

-- rows per hour limit 48
WITH g AS (
SELECT DATETIME_TRUNC(CAST(`ChargePeriodStart` AS DATETIME), HOUR) AS k0, COUNT(1) AS p0
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
)
SELECT * FROM (SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, sum(p0) AS p0 FROM (SELECT 0 AS row_kind, k0, p0 FROM g) AS r GROUP BY GROUPING SETS ((row_kind, k0), ())) AS s ORDER BY kind DESC, k0 ASC NULLS LAST, p0 DESC NULLS LAST, k0 ASC NULLS LAST LIMIT 49;

-- rows per day
WITH g AS (
SELECT k0, sum(p0) AS p0 FROM (
SELECT `ChargeDay` AS k0, SUM(`charge_rows`) AS p0
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT CAST(`ChargePeriodStart` AS DATE) AS k0, COUNT(1) AS p0
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0 FROM g;

-- effective per week
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT DATETIME_TRUNC(CAST(`ChargeDay` AS DATETIME), ISOWEEK) AS k0, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT DATETIME_TRUNC(CAST(`ChargePeriodStart` AS DATETIME), ISOWEEK) AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective per month
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT DATETIME_TRUNC(CAST(`ChargeDay` AS DATETIME), MONTH) AS k0, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT DATETIME_TRUNC(CAST(`ChargePeriodStart` AS DATETIME), MONTH) AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective per quarter
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT DATETIME_TRUNC(CAST(`ChargeDay` AS DATETIME), QUARTER) AS k0, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT DATETIME_TRUNC(CAST(`ChargePeriodStart` AS DATETIME), QUARTER) AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective per year
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT DATETIME_TRUNC(CAST(`ChargeDay` AS DATETIME), YEAR) AS k0, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT DATETIME_TRUNC(CAST(`ChargePeriodStart` AS DATETIME), YEAR) AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective per fiscal-year
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT DATETIME_TRUNC(CAST(`ChargeDay` AS DATETIME), YEAR) AS k0, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT DATETIME_TRUNC(CAST(`ChargePeriodStart` AS DATETIME), YEAR) AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective, rows per month order by time desc
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT DATETIME_TRUNC(CAST(`ChargeDay` AS DATETIME), MONTH) AS k0, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT DATETIME_TRUNC(CAST(`ChargePeriodStart` AS DATETIME), MONTH) AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective by ServiceName order by ServiceName
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT `ServiceName` AS k0, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT `ServiceName` AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective by ServiceName order by effective asc limit 4
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT `ServiceName` AS k0, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1
UNION ALL
SELECT `ServiceName` AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT * FROM (SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (SELECT 0 AS row_kind, k0, p0, p1, p2 FROM g) AS r GROUP BY GROUPING SETS ((row_kind, k0), ())) AS s ORDER BY kind DESC, p1 ASC NULLS LAST, k0 ASC NULLS LAST LIMIT 5;

-- rows, effective by ServiceName, RegionId order by rows desc, RegionId asc limit 9
WITH g AS (
SELECT k0, k1, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT `ServiceName` AS k0, `RegionId` AS k1, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE true
GROUP BY 1, 2
UNION ALL
SELECT `ServiceName` AS k0, `RegionId` AS k1, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
) AS u
GROUP BY 1, 2
)
SELECT * FROM (SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, k1, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (SELECT 0 AS row_kind, k0, k1, p0, p1, p2 FROM g) AS r GROUP BY GROUPING SETS ((row_kind, k0, k1), ())) AS s ORDER BY kind DESC, p0 DESC NULLS LAST, k1 ASC NULLS LAST, k0 ASC NULLS LAST, k1 ASC NULLS LAST LIMIT 10;

-- effective by ServiceName from 2026-03 to 2026-03 compare previous
WITH g AS (
SELECT k0, COALESCE(SUM(IF(NOT b, p0, NULL)), 0) AS p0, SUM(IF(NOT b, p1, NULL)) AS p1, COALESCE(SUM(IF(NOT b, p2, NULL)), 0) AS p2, COALESCE(SUM(IF(b, p0, NULL)), 0) AS q0, SUM(IF(b, p1, NULL)) AS q1, COALESCE(SUM(IF(b, p2, NULL)), 0) AS q2 FROM (
SELECT `ServiceName` AS k0, (`ChargeDay` < CAST(@p1 AS DATE)) AS b, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE ((`ChargeDay` >= CAST(@p2 AS DATE)) and (`ChargeDay` < CAST(@p3 AS DATE)))
GROUP BY 1, 2
UNION ALL
SELECT `ServiceName` AS k0, (`ChargePeriodStart` < CAST(@p4 AS DATETIME)) AS b, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE ((`ChargePeriodStart` >= CAST(@p5 AS DATETIME)) and (`ChargePeriodStart` < CAST(@p6 AS DATETIME)))
GROUP BY 1, 2
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2, q0, q1, q2 FROM g;

-- effective by ServiceName per day from 2026-03 to 2026-03 compare previous
WITH g AS (
SELECT k0, k1, COALESCE(SUM(IF(NOT b, p0, NULL)), 0) AS p0, SUM(IF(NOT b, p1, NULL)) AS p1, COALESCE(SUM(IF(NOT b, p2, NULL)), 0) AS p2, COALESCE(SUM(IF(b, p0, NULL)), 0) AS q0, SUM(IF(b, p1, NULL)) AS q1, COALESCE(SUM(IF(b, p2, NULL)), 0) AS q2 FROM (
SELECT (CASE WHEN (`ChargeDay` < CAST(@p1 AS DATE)) THEN CAST(DATETIME_ADD(CAST(`ChargeDay` AS DATETIME), INTERVAL 27 DAY) AS DATE) ELSE `ChargeDay` END) AS k0, `ServiceName` AS k1, (`ChargeDay` < CAST(@p2 AS DATE)) AS b, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE ((`ChargeDay` >= CAST(@p3 AS DATE)) and (`ChargeDay` < CAST(@p4 AS DATE)))
GROUP BY 1, 2, 3
UNION ALL
SELECT (CASE WHEN (`ChargePeriodStart` < CAST(@p5 AS DATETIME)) THEN CAST(DATETIME_ADD(CAST(`ChargePeriodStart` AS DATETIME), INTERVAL 27 DAY) AS DATE) ELSE CAST(`ChargePeriodStart` AS DATE) END) AS k0, `ServiceName` AS k1, (`ChargePeriodStart` < CAST(@p6 AS DATETIME)) AS b, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE ((`ChargePeriodStart` >= CAST(@p7 AS DATETIME)) and (`ChargePeriodStart` < CAST(@p8 AS DATETIME)))
GROUP BY 1, 2, 3
) AS u
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0, p1, p2, q0, q1, q2 FROM g;

-- effective by ServiceName from 2026-02 to 2026-03 compare year
WITH g AS (
SELECT k0, COALESCE(SUM(IF(NOT b, p0, NULL)), 0) AS p0, SUM(IF(NOT b, p1, NULL)) AS p1, COALESCE(SUM(IF(NOT b, p2, NULL)), 0) AS p2, COALESCE(SUM(IF(b, p0, NULL)), 0) AS q0, SUM(IF(b, p1, NULL)) AS q1, COALESCE(SUM(IF(b, p2, NULL)), 0) AS q2 FROM (
SELECT `ServiceName` AS k0, (`ChargeDay` < CAST(@p1 AS DATE)) AS b, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (((`ChargeDay` >= CAST(@p2 AS DATE)) and (`ChargeDay` < CAST(@p3 AS DATE))) and ((`ChargeDay` >= CAST(@p4 AS DATE)) or (`ChargeDay` < CAST(@p5 AS DATE))))
GROUP BY 1, 2
UNION ALL
SELECT `ServiceName` AS k0, (`ChargePeriodStart` < CAST(@p6 AS DATETIME)) AS b, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (((`ChargePeriodStart` >= CAST(@p7 AS DATETIME)) and (`ChargePeriodStart` < CAST(@p8 AS DATETIME))) and ((`ChargePeriodStart` >= CAST(@p9 AS DATETIME)) or (`ChargePeriodStart` < CAST(@p10 AS DATETIME))))
GROUP BY 1, 2
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2, q0, q1, q2 FROM g;

-- effective by ServiceName from 2026-03 to 2026-03 compare month order by change desc
WITH g AS (
SELECT k0, COALESCE(SUM(IF(NOT b, p0, NULL)), 0) AS p0, SUM(IF(NOT b, p1, NULL)) AS p1, COALESCE(SUM(IF(NOT b, p2, NULL)), 0) AS p2, COALESCE(SUM(IF(b, p0, NULL)), 0) AS q0, SUM(IF(b, p1, NULL)) AS q1, COALESCE(SUM(IF(b, p2, NULL)), 0) AS q2 FROM (
SELECT `ServiceName` AS k0, (`ChargeDay` < CAST(@p1 AS DATE)) AS b, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (((`ChargeDay` >= CAST(@p2 AS DATE)) and (`ChargeDay` < CAST(@p3 AS DATE))) and ((`ChargeDay` >= CAST(@p4 AS DATE)) or (`ChargeDay` < CAST(@p5 AS DATE))))
GROUP BY 1, 2
UNION ALL
SELECT `ServiceName` AS k0, (`ChargePeriodStart` < CAST(@p6 AS DATETIME)) AS b, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (((`ChargePeriodStart` >= CAST(@p7 AS DATETIME)) and (`ChargePeriodStart` < CAST(@p8 AS DATETIME))) and ((`ChargePeriodStart` >= CAST(@p9 AS DATETIME)) or (`ChargePeriodStart` < CAST(@p10 AS DATETIME))))
GROUP BY 1, 2
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2, q0, q1, q2 FROM g;

-- effective by ServiceName from 2026-03 to 2026-03 compare month order by abs-change desc top 3
WITH g AS (
SELECT k0, COALESCE(SUM(IF(NOT b, p0, NULL)), 0) AS p0, SUM(IF(NOT b, p1, NULL)) AS p1, COALESCE(SUM(IF(NOT b, p2, NULL)), 0) AS p2, COALESCE(SUM(IF(b, p0, NULL)), 0) AS q0, SUM(IF(b, p1, NULL)) AS q1, COALESCE(SUM(IF(b, p2, NULL)), 0) AS q2 FROM (
SELECT `ServiceName` AS k0, (`ChargeDay` < CAST(@p1 AS DATE)) AS b, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (((`ChargeDay` >= CAST(@p2 AS DATE)) and (`ChargeDay` < CAST(@p3 AS DATE))) and ((`ChargeDay` >= CAST(@p4 AS DATE)) or (`ChargeDay` < CAST(@p5 AS DATE))))
GROUP BY 1, 2
UNION ALL
SELECT `ServiceName` AS k0, (`ChargePeriodStart` < CAST(@p6 AS DATETIME)) AS b, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (((`ChargePeriodStart` >= CAST(@p7 AS DATETIME)) and (`ChargePeriodStart` < CAST(@p8 AS DATETIME))) and ((`ChargePeriodStart` >= CAST(@p9 AS DATETIME)) or (`ChargePeriodStart` < CAST(@p10 AS DATETIME))))
GROUP BY 1, 2
) AS u
GROUP BY 1
), v AS (SELECT k0, p0, p1, p2, q0, q1, q2, abs((CASE WHEN p0 = 0 THEN 0 ELSE p1 END - CASE WHEN q0 = 0 THEN 0 ELSE q1 END)) AS rank_value FROM g), p AS (SELECT k0, p0, p1, p2, q0, q1, q2, dense_rank() OVER (ORDER BY rank_value DESC NULLS LAST, k0 ASC NULLS LAST) AS place FROM v)
SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2, sum(q0) AS q0, sum(q1) AS q1, sum(q2) AS q2 FROM (SELECT CASE WHEN place <= 3 THEN 0 ELSE 1 END AS row_kind, CASE WHEN place <= 3 THEN k0 END AS k0, p0, p1, p2, q0, q1, q2 FROM p) AS r GROUP BY GROUPING SETS ((row_kind, k0), ());

-- savings, rows by ServiceName per month from 2026-02 to 2026-03 compare previous top 4
WITH g AS (
SELECT k0, k1, COALESCE(SUM(IF(NOT b, p0, NULL)), 0) AS p0, SUM(IF(NOT b, p1, NULL)) AS p1, COALESCE(SUM(IF(NOT b, p2, NULL)), 0) AS p2, SUM(IF(NOT b, p3, NULL)) AS p3, COALESCE(SUM(IF(NOT b, p4, NULL)), 0) AS p4, COALESCE(SUM(IF(b, p0, NULL)), 0) AS q0, SUM(IF(b, p1, NULL)) AS q1, COALESCE(SUM(IF(b, p2, NULL)), 0) AS q2, SUM(IF(b, p3, NULL)) AS q3, COALESCE(SUM(IF(b, p4, NULL)), 0) AS q4 FROM (
SELECT (CASE WHEN (`ChargePeriodStart` < CAST(@p1 AS DATETIME)) THEN DATETIME_TRUNC(CAST(DATETIME_ADD(CAST(`ChargePeriodStart` AS DATETIME), INTERVAL 55 DAY) AS DATETIME), MONTH) ELSE DATETIME_TRUNC(CAST(`ChargePeriodStart` AS DATETIME), MONTH) END) AS k0, `ServiceName` AS k1, (`ChargePeriodStart` < CAST(@p2 AS DATETIME)) AS b, COUNT(1) AS p0, SUM(IF(((`ChargeCategory` IS NULL) or (NOT (`ChargeCategory` IN ('Purchase', 'Tax', 'Credit', 'Adjustment')))), (`ListCost` - `EffectiveCost`), NULL)) AS p1, COUNT(IF(((`ChargeCategory` IS NULL) or (NOT (`ChargeCategory` IN ('Purchase', 'Tax', 'Credit', 'Adjustment')))), (`ListCost` - `EffectiveCost`), NULL)) AS p2, SUM(IF(((`ChargeCategory` IS NULL) or (NOT (`ChargeCategory` IN ('Purchase', 'Tax', 'Credit', 'Adjustment')))), (CASE WHEN (`ListCost` IS NULL) THEN COALESCE(`EffectiveCost`, CAST('0' AS BIGNUMERIC)) ELSE CAST('0' AS BIGNUMERIC) END), NULL)) AS p3, COUNT(IF(((`ChargeCategory` IS NULL) or (NOT (`ChargeCategory` IN ('Purchase', 'Tax', 'Credit', 'Adjustment')))), 1, NULL)) AS p4
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE ((`ChargePeriodStart` >= CAST(@p3 AS DATETIME)) and (`ChargePeriodStart` < CAST(@p4 AS DATETIME)))
GROUP BY 1, 2, 3
) AS u
GROUP BY 1, 2
), v AS (SELECT k0, k1, p0, p1, p2, p3, p4, q0, q1, q2, q3, q4, CASE WHEN sum(p4) OVER (PARTITION BY k1) = 0 THEN 0 ELSE sum(p1) OVER (PARTITION BY k1) END AS rank_value FROM g), p AS (SELECT k0, k1, p0, p1, p2, p3, p4, q0, q1, q2, q3, q4, dense_rank() OVER (ORDER BY rank_value DESC NULLS LAST, k1 ASC NULLS LAST) AS place FROM v)
SELECT COALESCE(row_kind, 2) AS kind, count(*) AS group_count, k0, k1, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2, sum(p3) AS p3, sum(p4) AS p4, sum(q0) AS q0, sum(q1) AS q1, sum(q2) AS q2, sum(q3) AS q3, sum(q4) AS q4 FROM (SELECT CASE WHEN place <= 4 THEN 0 ELSE 1 END AS row_kind, k0, CASE WHEN place <= 4 THEN k1 END AS k1, p0, p1, p2, p3, p4, q0, q1, q2, q3, q4 FROM p) AS r GROUP BY GROUPING SETS ((row_kind, k0, k1), ());

-- effective where ServiceName contains 'a'
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and (STRPOS(`ServiceName`, @p1) > 0))
UNION ALL
SELECT COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and (STRPOS(`ServiceName`, @p2) > 0))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective where ServiceName starts with 'A' or ServiceName starts with 'C'
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and (STARTS_WITH(`ServiceName`, @p1) or STARTS_WITH(`ServiceName`, @p2)))
UNION ALL
SELECT COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and (STARTS_WITH(`ServiceName`, @p3) or STARTS_WITH(`ServiceName`, @p4)))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective where not (ServiceName starts with 'A')
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and ((NOT STARTS_WITH(`ServiceName`, @p1)) or (`ServiceName` IS NULL)))
UNION ALL
SELECT COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and ((NOT STARTS_WITH(`ServiceName`, @p2)) or (`ServiceName` IS NULL)))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective by ServiceName where ServiceName matches '^[A-C].*[a-z]$'
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT `ServiceName` AS k0, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and REGEXP_CONTAINS(`ServiceName`, @p1))
GROUP BY 1
UNION ALL
SELECT `ServiceName` AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and REGEXP_CONTAINS(`ServiceName`, @p2))
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- effective where RegionId in ('us-east-1', 'eu-west-1', 'us', 'eu')
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and (`RegionId` IN (@p1, @p2, @p3, @p4)))
UNION ALL
SELECT COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and (`RegionId` IN (@p5, @p6, @p7, @p8)))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective where RegionId not in ('us-east-1', 'eu')
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and ((NOT (`RegionId` IN (@p1, @p2))) or (`RegionId` IS NULL)))
UNION ALL
SELECT COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and ((NOT (`RegionId` IN (@p3, @p4))) or (`RegionId` IS NULL)))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective where RegionId is null
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and (`RegionId` IS NULL))
UNION ALL
SELECT COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and (`RegionId` IS NULL))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective where tag:team present
WITH g AS (
SELECT COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE (true and (COALESCE(`x_tag_team`, (SELECT e.value FROM UNNEST(`Tags`.key_value) AS e WHERE e.key = @p1)) IS NOT NULL))
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective where tag:team absent
WITH g AS (
SELECT COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE (true and (COALESCE(`x_tag_team`, (SELECT e.value FROM UNNEST(`Tags`.key_value) AS e WHERE e.key = @p1)) IS NULL))
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective by tag:team where tag:team != 'search'
WITH g AS (
SELECT COALESCE(`x_tag_team`, (SELECT e.value FROM UNNEST(`Tags`.key_value) AS e WHERE e.key = @p1)) AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE (true and ((COALESCE(`x_tag_team`, (SELECT e.value FROM UNNEST(`Tags`.key_value) AS e WHERE e.key = @p2)) <> @p3) or (COALESCE(`x_tag_team`, (SELECT e.value FROM UNNEST(`Tags`.key_value) AS e WHERE e.key = @p4)) IS NULL)))
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- rows where BilledCost > 10 and BilledCost <= 1000.5
WITH g AS (
SELECT COUNT(1) AS p0
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE (true and ((`BilledCost` > CAST(@p1 AS BIGNUMERIC)) and (`BilledCost` <= CAST(@p2 AS BIGNUMERIC))))
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0 FROM g;

-- rows where EffectiveCost < 0
WITH g AS (
SELECT COUNT(1) AS p0
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE (true and (`EffectiveCost` < CAST(@p1 AS BIGNUMERIC)))
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0 FROM g;

-- rows where ListCost is null
WITH g AS (
SELECT COUNT(1) AS p0
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE (true and (`ListCost` IS NULL))
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0 FROM g;

-- rows where ChargePeriodStart >= 2026-02-03 and ChargePeriodStart < 2026-02-10
WITH g AS (
SELECT COUNT(1) AS p0
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE (true and ((`ChargePeriodStart` >= CAST(@p1 AS DATETIME)) and (`ChargePeriodStart` < CAST(@p2 AS DATETIME))))
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0 FROM g;

-- rows where ServiceName = 'it''s; DROP TABLE charges; --'
WITH g AS (
SELECT sum(p0) AS p0 FROM (
SELECT SUM(`charge_rows`) AS p0
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and (`ServiceName` = @p1))
UNION ALL
SELECT COUNT(1) AS p0
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and (`ServiceName` = @p2))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0 FROM g;

-- effective from 2026-02 to 2026-02
WITH g AS (
SELECT sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02')) AS c
WHERE ((`ChargeDay` >= CAST(@p1 AS DATE)) and (`ChargeDay` < CAST(@p2 AS DATE)))
UNION ALL
SELECT COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02')) AS c
WHERE ((`ChargePeriodStart` >= CAST(@p3 AS DATETIME)) and (`ChargePeriodStart` < CAST(@p4 AS DATETIME)))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM g;

-- effective by ServiceName until 2026-02-15
WITH g AS (
SELECT k0, sum(p0) AS p0, sum(p1) AS p1, sum(p2) AS p2 FROM (
SELECT `ServiceName` AS k0, SUM(`charge_rows`) AS p0, SUM(`EffectiveCost`) AS p1, SUM((`charge_rows` - `EffectiveCost_nulls`)) AS p2
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02')) AS c
WHERE (`ChargeDay` < CAST(@p1 AS DATE))
GROUP BY 1
UNION ALL
SELECT `ServiceName` AS k0, COUNT(1) AS p0, SUM(`EffectiveCost`) AS p1, COUNT(`EffectiveCost`) AS p2
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02')) AS c
WHERE (`ChargePeriodStart` < CAST(@p2 AS DATETIME))
GROUP BY 1
) AS u
GROUP BY 1
)
SELECT 0 AS kind, 0 AS group_count, k0, p0, p1, p2 FROM g;

-- rows by "tag:it's ""odd""\\", "x:a.b[0]$"
WITH g AS (
SELECT (SELECT e.value FROM UNNEST(`Tags`.key_value) AS e WHERE e.key = @p1) AS k0, COALESCE(JSON_VALUE(`x_extra`, @p2), JSON_QUERY(`x_extra`, @p2)) AS k1, COUNT(1) AS p0
FROM (SELECT * FROM `charges` WHERE `load` IN ('focus-2026-02', 'csv-2026-02', 'focus-2026-03', 'csv-2026-03')) AS c
WHERE true
GROUP BY 1, 2
)
SELECT 0 AS kind, 0 AS group_count, k0, k1, p0 FROM g;

-- rows where ServiceName = 'a''b\c'
WITH g AS (
SELECT sum(p0) AS p0 FROM (
SELECT SUM(`charge_rows`) AS p0
FROM (SELECT * FROM `daily` WHERE `load` IN ('focus-2026-02', 'focus-2026-03')) AS c
WHERE (true and (`ServiceName` = @p1))
UNION ALL
SELECT COUNT(1) AS p0
FROM (SELECT * FROM `charges` WHERE `load` IN ('csv-2026-02', 'csv-2026-03')) AS c
WHERE (true and (`ServiceName` = @p2))
) AS u
)
SELECT 2 AS kind, count(*) AS group_count, sum(p0) AS p0 FROM g;
