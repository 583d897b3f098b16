const PERIOD = { start: "2026-05", end: "2026-10" };
const ROWS_OF_TABLE = 220;

/** A report of twenty pages and more: figures, charts of every kind, and long tables. */
export const EXPORT_REPORT = (round: number) => ({
  title: `Cloud cost, long, ${round}`,
  parameters: {
    period: PERIOD,
    currency: "USD",
    filter: { dimension: "ServiceName", op: "!=", value: `nothing pdf ${round}` },
  },
  blocks: [
    { type: "heading", id: "overview", text: "Overview" },
    { type: "figure", id: "spend", title: "Effective cost", width: "half" },
    { type: "figure", id: "billed", title: "Billed cost", measure: "billed", width: "half" },
    ...["line", "area", "bar", "treemap", "heatmap"].map((type) => ({
      type: "chart",
      id: `chart-${type}`,
      title: `Services by month as ${type}`,
      query: { by: ["ServiceName"], grain: "month", top: 8 },
      chart: { type },
    })),
    ...["donut", "sankey", "waterfall"].map((type) => ({
      type: "chart",
      id: `chart-${type}`,
      title: `Services as ${type}`,
      query: { by: ["ServiceName"], top: 8 },
      chart: { type },
    })),
    ...["effective", "billed", "list", "contracted"].flatMap((measure) => [
      { type: "heading", id: `head-${measure}`, text: `Resources by ${measure} cost` },
      {
        type: "table",
        id: `table-${measure}`,
        title: `The ${ROWS_OF_TABLE} resources that cost most, ${measure}`,
        query: {
          measures: [measure],
          by: ["SubAccountId", "ServiceName", "ResourceId"],
          limit: ROWS_OF_TABLE,
        },
      },
    ]),
  ],
});
