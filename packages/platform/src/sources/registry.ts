import type { SourceDefinition } from "../lake/source-definition.ts";
import { awsCurSource } from "./aws-cur/aws-cur-source.ts";
import { azureCostSource } from "./azure-cost/azure-source.ts";
import { csvSource } from "./csv/csv-source.ts";
import { focusSource } from "./focus/focus-source.ts";
import { gcpBillingSource } from "./gcp-billing/gcp-billing-source.ts";
import { opencostSource } from "./opencost/opencost-source.ts";

/** Every source there is, by id: one line a source. */
export const sources = {
  "aws-cur": awsCurSource,
  "azure-cost": azureCostSource,
  csv: csvSource,
  focus: focusSource,
  "gcp-billing": gcpBillingSource,
  opencost: opencostSource,
} as const satisfies Record<string, SourceDefinition>;
