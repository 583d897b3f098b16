import type { InputHeader, Recognition } from "../../lake/source-definition.ts";
import { headerNames } from "../shared/header-names.ts";
import { parsePhysicalType } from "../shared/physical-type.ts";

/** Fields of Google's schema that any export of costs has, by path. */
const CORE = [
  "billing_account_id",
  "service.id",
  "sku.id",
  "usage_start_time",
  "cost",
  "currency",
  "cost_type",
];

/** The fields that only the detailed export has. */
const DETAILED = ["resource.name", "resource.global_name", "subscription.instance_id"];

/** Exports of the same family that hold no costs, by columns only they have. */
const OTHER_DATASETS: Readonly<Record<string, readonly string[]>> = {
  cud_subscriptions_export: ["cud_product", "commitment_amount"],
  cloud_pricing_export: ["pricing_as_of_time", "list_price", "billing_account_price"],
};

/** Whether a header has a field, as a struct's or flattened. */
const fieldTest = (header: InputHeader) => {
  const names = headerNames(header);
  return (path: string): boolean => {
    if (names.has(path) || names.has(path.replaceAll(".", "_"))) return true;
    const [top = "", inner] = path.split(".");
    if (inner === undefined) return false;
    const type = header.columns.find(({ name }) => name.toLowerCase() === top)?.type;
    if (type === undefined) return false;
    // NDJSON shows a record as JSON; its keys differ from row to row.
    return type === "JSON" || parsePhysicalType(type).fields.has(inner);
  };
};

/** Recognises Cloud Billing exports and tells the detailed one by the columns that only it has. */
export const recogniseExport = (header: InputHeader): Recognition => {
  const has = fieldTest(header);
  for (const [dataset, marks] of Object.entries(OTHER_DATASETS)) {
    if (marks.every(has)) {
      const reason = `Google's ${dataset} by its columns ${marks.join(", ")}; it holds no charges`;
      return { match: "other-dataset", dataset, reason };
    }
  }
  const missing = CORE.filter((path) => !has(path));
  if (missing.length > 0)
    return { match: "no", reason: `looked for ${CORE.join(", ")}; not found: ${missing.join(", ")}` };
  const mark = DETAILED.find(has);
  const variant = mark === undefined ? "standard" : "detailed";
  const because = mark === undefined ? `it has none of ${DETAILED.join(", ")}` : `it has ${mark}`;
  const reason = `Cloud Billing ${variant} usage cost export: ${because}`;
  return { match: "yes", variant, exportName: variant, reason };
};
