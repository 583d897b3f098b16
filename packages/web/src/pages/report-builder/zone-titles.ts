import type { Zone } from "./zones.ts";

export const ZONE_TITLES: Readonly<Record<Zone, string>> = {
  rows: "Rows",
  columns: "Columns",
  measures: "Measures",
  filters: "Filters",
};

/** What a zone does for a chart, where rows and columns are other things than in a table. */
export const zoneTitle = (zone: Zone, isChart: boolean): string => {
  if (!isChart) return ZONE_TITLES[zone];
  if (zone === "rows") return "Rows: series";
  return zone === "columns" ? "Columns: across" : ZONE_TITLES[zone];
};
