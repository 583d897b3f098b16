import {
  FOCUS_DATASETS,
  FOCUS_VERSIONS,
  type FocusColumn,
  type FocusDataset,
  type FocusVersion,
} from "@trimtab/domain";
import type { InputHeader, Recognition } from "../../lake/source-definition.ts";
import { type HeaderNames, headerNames } from "../shared/header-names.ts";

/** Without one of these a row has no amount, no currency, no kind or no place in time. */
const CORE = ["BilledCost", "BillingCurrency", "BillingPeriodStart", "ChargeCategory", "ChargePeriodStart"];

/** The columns that only this dataset has; charges are told by {@link CORE}. */
const MARKS = {
  ContractCommitment: ["ContractCommitmentId", "ContractCommitmentCategory", "ContractPeriodStart"],
  InvoiceDetail: ["InvoiceDetailId", "InvoiceId", "InvoiceIssueStatus"],
  BillingPeriod: ["BillingPeriodStart", "BillingPeriodEnd", "BillingPeriodStatus"],
} as const satisfies Record<Exclude<FocusDataset, "CostAndUsage">, readonly string[]>;

/** Recognises the datasets of FOCUS 1.0 to 1.4 by their columns alone, whatever their case. */
export const recogniseFocus = (header: InputHeader): Recognition => {
  const names = headerNames(header);
  const missing = names.missing(CORE);
  if (missing.length === 0) {
    const { version, because } = focusVersion(names);
    return { match: "yes", variant: version, reason: `FOCUS ${version} Cost and Usage: ${because}` };
  }
  for (const [dataset, marks] of Object.entries(MARKS)) {
    if (names.missing(marks).length > 0 || names.has("ChargePeriodStart")) continue;
    const reason = `FOCUS ${dataset} by its columns ${marks.join(", ")}; it describes, it holds no charges`;
    return { match: "other-dataset", dataset, reason };
  }
  return { match: "no", reason: `looked for ${CORE.join(", ")}; not found: ${missing.join(", ")}` };
};

/**
 * The oldest version that has all the FOCUS columns of this header. A header without ProviderName that has
 * ServiceProviderName is 1.4, which removed the former; 1.3 demands both.
 */
const focusVersion = (names: HeaderNames): { version: FocusVersion; because: string } => {
  if (names.has("ServiceProviderName") && !names.has("ProviderName")) {
    return { version: "1.4", because: "it has ServiceProviderName and no ProviderName" };
  }
  const columns: readonly FocusColumn[] = FOCUS_DATASETS.CostAndUsage;
  for (const version of FOCUS_VERSIONS.slice(1).toReversed()) {
    const mark = columns.find(({ name, introduced }) => introduced === version && names.has(name));
    if (mark !== undefined) return { version, because: `it has ${mark.name}, introduced in ${version}` };
  }
  return { version: "1.0", because: "it has no column introduced later" };
};
