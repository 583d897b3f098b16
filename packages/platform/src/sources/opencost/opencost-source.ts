import { defineSource, type InputHeader, type Recognition } from "../../lake/source-definition.ts";
import { headerNames } from "../shared/header-names.ts";

/** Name of the data set that allocations are kept under. */
export const OPENCOST_DATASET = "opencost-allocation";

/** Columns of OpenCost's CSV export; later versions add some. */
const CSV_MARKS = [
  "Date",
  "Namespace",
  "ControllerKind",
  "ControllerName",
  "Pod",
  "Container",
  "CPUCost",
  "RAMCost",
];

const found = (reason: string): Recognition => ({
  match: "other-dataset",
  dataset: OPENCOST_DATASET,
  reason: `${reason}; its amounts are weights that share out a bill, never costs`,
});

const recogniseCsv = (header: InputHeader): Recognition => {
  const missing = headerNames(header).missing(CSV_MARKS);
  return missing.length === 0
    ? found("OpenCost's CSV export by its columns")
    : { match: "no", reason: `looked for ${CSV_MARKS.join(", ")}; not found: ${missing.join(", ")}` };
};

/** The answer of `/allocation`: `code` and `data`, a list of sets of allocations, each with its window and costs. */
const recogniseJson = (header: InputHeader): Recognition => {
  const missing = headerNames(header).missing(["code", "data"]);
  if (missing.length > 0)
    return { match: "no", reason: `an answer of OpenCost's allocation API has ${missing.join(" and ")}` };
  const data = header.sample.map((row) => row.data ?? "").join("");
  return /"window"\s*:/.test(data) && /"(properties|cpuCost|ramCost|pvCost)"\s*:/.test(data)
    ? found("an answer of OpenCost's allocation API")
    : { match: "no", reason: 'its "data" holds no allocations with a window' };
};

/** OpenCost's and Kubecost's allocation API as JSON, and OpenCost's CSV export. */
export const opencostSource = defineSource({
  apiVersion: 1,
  id: "opencost",
  title: "OpenCost allocations: weights that share out the bill of a cluster",
  specification: [
    "https://opencost.io/docs/integrations/api (read 2026-11-21)",
    "https://github.com/opencost/opencost core/pkg/opencost/allocation_json.go and pkg/costmodel/csv_export.go (read 2026-11-21)",
  ],
  formats: ["ndjson", "csv"],
  csv: { delimiter: ",", nullTexts: [] },
  delivery: "window",
  detailRank: 0,
  recognise: (header) => (header.format === "csv" ? recogniseCsv(header) : recogniseJson(header)),
  map: () => {
    throw new TypeError("Allocations are a data set of their own and map to no charges");
  },
});
