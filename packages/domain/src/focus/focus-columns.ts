import { FOCUS_COLUMNS } from "./data/cost-and-usage-columns.ts";
import {
  BILLING_PERIOD_COLUMNS,
  CONTRACT_COMMITMENT_COLUMNS,
  INVOICE_DETAIL_COLUMNS,
} from "./data/supporting-columns.ts";
import { FOCUS_VERSIONS, type FocusColumn, type FocusVersion } from "./focus-column.ts";

/** The datasets of FOCUS, by the specification's ids; only Cost and Usage holds charges. */
export const FOCUS_DATASETS = {
  CostAndUsage: FOCUS_COLUMNS,
  ContractCommitment: CONTRACT_COMMITMENT_COLUMNS,
  InvoiceDetail: INVOICE_DETAIL_COLUMNS,
  BillingPeriod: BILLING_PERIOD_COLUMNS,
} as const satisfies Readonly<Record<string, readonly FocusColumn[]>>;

export type FocusDataset = keyof typeof FOCUS_DATASETS;

/** The name of any column that Cost and Usage had in FOCUS 1.0 to 1.4. */
export type FocusColumnName = (typeof FOCUS_COLUMNS)[number]["name"];

/** The columns of a dataset in one version of FOCUS, by name; none where that version lacks the dataset. */
export function focusColumns(
  version: FocusVersion,
  dataset: FocusDataset = "CostAndUsage",
): readonly FocusColumn[] {
  const columns: readonly FocusColumn[] = FOCUS_DATASETS[dataset];
  return columns.filter((column) => isIn(column, version));
}

function isIn({ introduced, removed }: FocusColumn, version: FocusVersion): boolean {
  const at = FOCUS_VERSIONS.indexOf(version);
  return (
    FOCUS_VERSIONS.indexOf(introduced) <= at &&
    (removed === undefined || at < FOCUS_VERSIONS.indexOf(removed))
  );
}
