const REPORT_TABS = ["reports", "templates", "views"] as const;
type ReportTab = (typeof REPORT_TABS)[number];

/** What the page shows, as its address has it. */
export interface ReportsSearch {
  readonly tab?: ReportTab;
}

export const readReportsSearch = (raw: Record<string, unknown>): ReportsSearch => {
  const tab = REPORT_TABS.find((known) => known === raw.tab);
  return tab === undefined ? {} : { tab };
};
