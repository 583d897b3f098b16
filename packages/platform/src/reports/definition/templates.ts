import { reportErrors } from "../errors.ts";
import type { ReportDraft } from "./report-schema.ts";
import { type ReportDefinition, reportDefinitionSchema } from "./report-schema.ts";

export interface ReportTemplate {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly definition: ReportDefinition;
}

const template = (id: string, description: string, draft: ReportDraft): ReportTemplate => ({
  id,
  title: draft.title,
  description,
  definition: reportDefinitionSchema.parse(draft),
});

const YEAR = { name: "last-12-months" } as const;

/** Reports that need no editing; each is a definition like any other, to be changed as one likes. */
export const REPORT_TEMPLATES: readonly ReportTemplate[] = [
  template(
    "executive-summary",
    "One page for a manager: what it cost, where it went, what changed, what can be saved",
    {
      title: "Cloud cost: executive summary",
      subtitle: "What was spent, where it went, what changed and what can be saved",
      blocks: [
        {
          type: "figure",
          id: "spend",
          title: "Effective cost",
          compare: "month",
          trend: "day",
          width: "third",
        },
        {
          type: "figure",
          id: "billed",
          title: "Billed cost",
          measure: "billed",
          compare: "month",
          width: "third",
        },
        {
          type: "figure",
          id: "saved",
          title: "Saved against list prices",
          measure: "savings",
          compare: "month",
          better: "more",
          width: "third",
        },
        {
          type: "chart",
          id: "trend",
          title: "Cost by month",
          query: { by: ["ServiceCategory"], grain: "month", period: YEAR, top: 6 },
          chart: { type: "bar", stacked: true },
        },
        {
          type: "chart",
          id: "services",
          title: "Where it goes",
          width: "half",
          query: { by: ["ServiceName"], top: 8 },
          chart: { type: "donut" },
        },
        {
          type: "chart",
          id: "changes",
          title: "What changed against the month before",
          width: "half",
          query: { by: ["ServiceName"], compare: "month", top: 6 },
          chart: { type: "waterfall" },
        },
        { type: "dataset", id: "advice", title: "What can be saved", dataset: "recommendations", limit: 8 },
      ],
    },
  ),
  template("cost", "Spend by service, account, region and resource, with the course of a year", {
    title: "Cloud cost report",
    blocks: [
      { type: "heading", id: "overview", text: "Overview" },
      { type: "figure", id: "spend", title: "Effective cost", compare: "month", width: "third" },
      {
        type: "figure",
        id: "billed",
        title: "Billed cost",
        measure: "billed",
        compare: "month",
        width: "third",
      },
      {
        type: "figure",
        id: "list",
        title: "At list prices",
        measure: "list",
        compare: "month",
        width: "third",
      },
      {
        type: "chart",
        id: "year",
        title: "Twelve months by service",
        query: { by: ["ServiceName"], grain: "month", period: YEAR, top: 8 },
        chart: { type: "area" },
      },
      { type: "heading", id: "by-service", text: "Services" },
      {
        type: "table",
        id: "services",
        title: "Services against the month before",
        query: { by: ["ServiceName"], compare: "month", top: 20 },
      },
      {
        type: "chart",
        id: "daily",
        title: "Services by day",
        query: { by: ["ServiceName"], grain: "day", top: 6 },
        chart: { type: "line" },
      },
      { type: "heading", id: "by-account", text: "Accounts and regions" },
      {
        type: "chart",
        id: "flow",
        title: "From accounts to services",
        query: { by: ["SubAccountName", "ServiceName"], top: 14 },
        chart: { type: "sankey" },
      },
      {
        type: "table",
        id: "accounts",
        title: "Accounts by month",
        query: { by: ["SubAccountName"], grain: "month", period: { name: "last-6-months" }, top: 15 },
        columns: "time",
        heat: true,
      },
      {
        type: "chart",
        id: "regions",
        title: "Regions",
        query: { by: ["RegionId"], top: 12 },
        chart: { type: "bar" },
      },
      { type: "heading", id: "by-resource", text: "Resources" },
      {
        type: "table",
        id: "resources",
        title: "The resources that cost most",
        query: { by: ["ServiceName", "ResourceId"], top: 40 },
      },
    ],
  }),
  template("savings", "What is saved, what the programme of work comes to, and what can still be saved", {
    title: "Savings and programme status",
    subtitle: "What discounts save, where the programme stands, and what there is still to save",
    blocks: [
      { type: "figure", id: "spend", title: "Effective cost", compare: "month", width: "third" },
      {
        type: "figure",
        id: "saved",
        title: "Saved against list prices",
        measure: "savings",
        compare: "month",
        better: "more",
        width: "third",
      },
      {
        type: "figure",
        id: "rate",
        title: "Effective savings rate",
        measure: "savings-rate",
        compare: "month",
        better: "more",
        width: "third",
      },
      {
        type: "chart",
        id: "course",
        title: "List against effective cost by service",
        query: { measures: ["savings"], by: ["ServiceName"], top: 10 },
        chart: { type: "bar" },
      },
      { type: "dataset", id: "status", title: "Where the programme stands", dataset: "programme-status" },
      {
        type: "dataset",
        id: "waterfall",
        title: "From today's spend to the target",
        dataset: "savings-waterfall",
      },
      { type: "dataset", id: "advice", title: "Recommendations", dataset: "recommendations", limit: 100 },
    ],
  }),
  template("access-review", "Who may sign in, with which role, and which tokens there are", {
    title: "Security and access review",
    blocks: [
      {
        type: "text",
        id: "why",
        text: "Check that everybody here **still needs** the role they have, and that no token outlives its purpose.",
      },
      { type: "dataset", id: "access", title: "People and tokens", dataset: "access-review", limit: 500 },
    ],
  }),
  template(
    "compliance",
    "How much of the cost carries the tags it should, how well the bills keep to FOCUS, and whether files and lake agree",
    {
      title: "Compliance report",
      blocks: [
        { type: "dataset", id: "tags", title: "Tag coverage", dataset: "tag-coverage" },
        { type: "dataset", id: "focus", title: "FOCUS conformance", dataset: "focus-conformance" },
        { type: "dataset", id: "sums", title: "Reconciliation", dataset: "reconciliation", limit: 200 },
      ],
    },
  ),
  template("unit-economics", "What one unit of use costs, service by service", {
    title: "Unit economics",
    blocks: [
      {
        type: "text",
        id: "how",
        text: "Prices per unit are exact totals divided once. Load a business metric (`trimtab metrics load`) and put `cost-per:METRIC` into a block to see what one request, user or order costs.",
      },
      {
        type: "table",
        id: "units",
        title: "Cost per unit of use",
        query: {
          measures: ["effective", "consumed", "unit-price"],
          by: ["ServiceName", "ConsumedUnit"],
          top: 40,
        },
      },
      {
        type: "chart",
        id: "course",
        title: "Cost by month",
        query: { by: ["ServiceName"], grain: "month", period: YEAR, top: 6 },
        chart: { type: "line" },
      },
    ],
  }),
];

/** @throws REPORT_TEMPLATE_UNKNOWN */
export const templateOf = (id: string): ReportTemplate => {
  const found = REPORT_TEMPLATES.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw reportErrors.create("REPORT_TEMPLATE_UNKNOWN", {
    template: id.slice(0, 100),
    templates: REPORT_TEMPLATES.map((one) => one.id).join(", "),
  });
};
