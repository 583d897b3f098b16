import type { Mend } from "../mends.ts";
import type { Check } from "../rule.ts";

const purchase: Check = ["is", "ChargeCategory", "Purchase"];
const usage: Check = ["is", "ChargeCategory", "Usage"];
const tax: Check = ["is", "ChargeCategory", "Tax"];
const credit: Check = ["is", "ChargeCategory", "Credit"];
const usageOrPurchase: Check = ["oneOf", "ChargeCategory", ["Usage", "Purchase"]];
const noCorrection: Check = ["isNot", "ChargeClass", "Correction"];
const unused: Check = ["is", "CommitmentDiscountStatus", "Unused"];

/**
 * Where the published model of 1.2 says something else than the specification's text.
 * @see https://github.com/FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec ERRATA.md, section "Version 1.2" (read 2026-11-21)
 */
const corrections: readonly Mend[] = [
  {
    id: "ResourceType-C-005-C",
    kind: "erratum",
    because: 'its condition names the column under "CheckCondition" (errata 1.2, #1)',
    when: ["notNull", "ResourceId"],
  },
  {
    id: "ResourceId-C-006-C",
    kind: "defect",
    because: 'its condition names the column under "CheckCondition", as errata 1.2, #1',
    when: ["notNull", "ResourceId"],
  },
  {
    id: "CommitmentDiscountStatus-C-003-C",
    kind: "erratum",
    because: 'it demands "not null" where the text says "MUST be null" (errata 1.2, #2)',
    check: ["null", "CommitmentDiscountStatus"],
  },
  {
    id: "CommitmentDiscountStatus-C-004-C",
    kind: "defect",
    because:
      "its condition asks for a null CommitmentDiscountId; the text: not null, and ChargeCategory is Usage",
    when: ["and", [["notNull", "CommitmentDiscountId"], usage]],
  },
  {
    id: "CommitmentDiscountStatus-C-005-M",
    kind: "erratum",
    because: "it allows Active, Expired and Pending instead of Used and Unused (errata 1.2, #3)",
    check: ["oneOf", "CommitmentDiscountStatus", ["Used", "Unused"]],
  },
  ...["CommitmentDiscountUnit-C-005-C", "CommitmentDiscountUnit-C-006-C"].map(
    (id): Mend => ({
      id,
      kind: "erratum",
      because: "it depends on a rule that depends on it in turn (errata 1.2, #4)",
      needs: ["CommitmentDiscountQuantity-C-003-C"],
    }),
  ),
  {
    id: "CapacityReservationStatus-C-003-C",
    kind: "defect",
    because: 'its condition stands under a key "AND" where no check function can be',
    when: ["null", "CapacityReservationId"],
  },
  {
    id: "CapacityReservationStatus-C-004-C",
    kind: "defect",
    because: 'its condition stands under a key "AND" where no check function can be',
    when: ["and", [["notNull", "CapacityReservationId"], usage]],
  },
  {
    id: "ConsumedQuantity-C-006-C",
    kind: "defect",
    because: 'its condition asks for a correction; the text: "when ChargeClass is not Correction"',
    when: noCorrection,
  },
  {
    id: "CommitmentDiscountQuantity-C-007-C",
    kind: "defect",
    because:
      "it demands null for corrections, for which CommitmentDiscountQuantity-C-006-C leaves the choice",
    when: [
      "or",
      [
        [
          "and",
          [
            ["isNot", "ChargeCategory", "Usage"],
            ["isNot", "ChargeCategory", "Purchase"],
          ],
        ],
        ["null", "CommitmentDiscountId"],
      ],
    ],
  },
  {
    id: "CommitmentDiscountQuantity-C-010-C",
    kind: "defect",
    because: 'its condition asks for a null ChargeCategory; the text: "when ChargeCategory is Purchase"',
    when: purchase,
  },
  {
    id: "EffectiveCost-C-005-C",
    kind: "defect",
    because:
      "its condition takes every purchase; the text only those that cover future charges, which the data shows by CommitmentDiscountId",
    when: ["and", [purchase, ["notNull", "CommitmentDiscountId"]]],
  },
  {
    id: "ListUnitPrice-C-010-C",
    kind: "defect",
    because: 'its condition leaves out "when PricingQuantity is not null"',
    when: ["and", [["notNull", "PricingQuantity"], noCorrection]],
  },
  {
    id: "PricingCurrencyEffectiveCost-C-004-M",
    kind: "defect",
    because:
      "it checks PricingCurrencyListUnitPrice; the text: PricingCurrencyEffectiveCost is a valid decimal",
    check: ["decimal", "PricingCurrencyEffectiveCost"],
  },
  {
    id: "ServiceName-C-005-C",
    kind: "defect",
    because:
      'it leaves out "except when no suitable ServiceCategory is available", which is the category Other',
    when: ["isNot", "ServiceCategory", "Other"],
  },
  {
    id: "Tags-C-003-C",
    kind: "defect",
    because: 'its condition asks for null Tags; the text: "when Tags is not null"',
    when: ["notNull", "Tags"],
  },
  {
    id: "ResourceName-C-005-C",
    kind: "defect",
    because: 'its condition asks for a null ResourceId; the text: "when ResourceId is not null"',
    when: ["notNull", "ResourceId"],
  },
  ...["EffectiveCost", "ListCost", "ContractedCost"].map(
    (cost): Mend => ({
      id: `${cost}-C-004-M`,
      kind: "defect",
      because: "it repeats the rule of nullability; the text: a valid decimal value",
      check: ["decimal", cost],
    }),
  ),
  {
    id: "PricingQuantity-C-008-M",
    kind: "defect",
    because: "it repeats the condition of its group; the text: a valid decimal value",
    check: ["decimal", "PricingQuantity"],
  },
];

/** What the published validator skips although the data can tell. */
const additions: readonly Mend[] = [
  {
    id: "ContractedCost-C-009-C",
    kind: "added",
    because: "cost reconciliation: ContractedUnitPrice × PricingQuantity = ContractedCost",
    check: ["product", "ContractedUnitPrice", "PricingQuantity", "ContractedCost"],
  },
  {
    id: "PricingQuantity-C-009-C",
    kind: "added",
    because: "cost reconciliation: quantity × unit price = cost, for both pairs",
    when: noCorrection,
    check: [
      "and",
      [
        ["product", "ListUnitPrice", "PricingQuantity", "ListCost"],
        ["product", "ContractedUnitPrice", "PricingQuantity", "ContractedCost"],
      ],
    ],
  },
  ...["ListCost-C-008-C", "ContractedCost-C-008-C", "EffectiveCost-C-010-C"].map(
    (id): Mend => ({
      id,
      kind: "added",
      because: "cost reconciliation: judged for credits, the specification's own case of an unrelated charge",
      when: credit,
      check: ["same", id.split("-")[0] ?? "", "BilledCost"],
    }),
  ),
  {
    id: "EffectiveCost-C-012-C",
    kind: "added",
    because: "cost reconciliation, for each commitment whose purchased periods the data covers",
    check: ["commitment", "usage equals purchase"],
  },
  {
    id: "EffectiveCost-C-013-C",
    kind: "added",
    because: "cost reconciliation, for each commitment with usage",
    check: ["commitment", "used plus unused"],
  },
  {
    id: "PricingCurrencyContractedUnitPrice-C-004-C",
    kind: "added",
    because: "the text is a plain rule of nullability",
    when: tax,
    check: ["null", "PricingCurrencyContractedUnitPrice"],
  },
  {
    id: "PricingCurrencyContractedUnitPrice-C-005-C",
    kind: "added",
    because: "the text is a plain rule of nullability",
    when: ["and", [usageOrPurchase, noCorrection]],
    check: ["notNull", "PricingCurrencyContractedUnitPrice"],
  },
  {
    id: "PricingCurrencyContractedUnitPrice-C-008-C",
    kind: "added",
    because: "the text is a plain bound",
    check: ["atLeast", "PricingCurrencyContractedUnitPrice", "0"],
  },
  {
    id: "ResourceName-C-004-C",
    kind: "added",
    because: "judged as far as the data tells: null when ResourceId is null",
    when: ["null", "ResourceId"],
    check: ["null", "ResourceName"],
  },
  {
    id: "ConsumedQuantity-C-008-C",
    kind: "added",
    because: "the text is a plain rule of type",
    check: ["decimal", "ConsumedQuantity"],
  },
  {
    id: "CommitmentDiscountQuantity-C-009-M",
    kind: "added",
    because: "the text is a plain rule of type",
    check: ["decimal", "CommitmentDiscountQuantity"],
  },
  {
    id: "CommitmentDiscountUnit-C-008-M",
    kind: "added",
    because: "judged over the time that the data covers",
    check: ["distinct", "CommitmentDiscountId", "CommitmentDiscountUnit", 1],
  },
  {
    id: "SkuMeter-C-006-O",
    kind: "added",
    because: "judged over the time that the data covers",
    check: ["distinct", "SkuId", "SkuMeter", 1],
  },
  {
    id: "SkuPriceDetails-C-002-O",
    kind: "added",
    because: "property keys can be read",
    check: ["format", "SkuPriceDetails", "pascalKeys"],
  },
  {
    id: "PricingCategory-C-009-C",
    kind: "added",
    because: "usage with a CommitmentDiscountId is subject to a commitment and is no purchase",
    when: ["and", [["notNull", "CommitmentDiscountId"], usage]],
    check: ["is", "PricingCategory", "Committed"],
  },
  {
    id: "DiscountHandling-A-018-C",
    kind: "added",
    because: "the data names unused rows by their status",
    when: unused,
    check: ["is", "ChargeCategory", "Usage"],
  },
  {
    id: "DiscountHandling-A-019-C",
    kind: "added",
    because: "the data names unused rows by their status",
    when: unused,
    check: ["same", "ResourceId", "CommitmentDiscountId"],
  },
  {
    id: "ColumnHandling-A-001-M",
    kind: "added",
    because: "the header tells",
    check: ["header", "pascal case"],
  },
  {
    id: "ColumnHandling-A-003-M",
    kind: "added",
    because: "the header tells",
    check: ["header", "alphanumeric"],
  },
  { id: "ColumnHandling-A-005-O", kind: "added", because: "the header tells", check: ["header", "short"] },
  {
    id: "ColumnHandling-A-010-M",
    kind: "added",
    because: "the header tells",
    check: ["header", "custom prefix"],
  },
  {
    id: "ColumnHandling-A-012-O",
    kind: "added",
    because: "the header tells",
    check: ["header", "FOCUS columns first"],
  },
  {
    id: "NullHandling-A-002-M",
    kind: "added",
    because: "judged for empty texts, blanks and the words that exports write for null",
    check: ["placeholders"],
  },
];

export const MENDS_1_2: readonly Mend[] = [...corrections, ...additions];
