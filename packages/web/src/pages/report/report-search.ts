import { periodText, readPeriod } from "../../components/report/periods.ts";
import type { ReportPeriod } from "../../components/report/report-types.ts";
import { type Filter, readExplorerSearch } from "../explorer/explorer-search.ts";

const PANELS = ["schedules", "snapshots", "versions", "share", "expiry"] as const;
export type ReportPanel = (typeof PANELS)[number];

/** How a report is read, as the address has it; what is absent is as the report says. */
export interface ReportSearch {
  readonly period?: string;
  readonly currency?: string;
  /** All of them hold, besides the report's own. */
  readonly where?: readonly Filter[];
  /** A pinned result instead of what it says now. */
  readonly snapshot?: string;
  readonly panel?: ReportPanel;
}

export type ReportSearchChange = { readonly [K in keyof ReportSearch]?: ReportSearch[K] | undefined };

const idText = /^[\w-]{1,100}$/;

export const readReportSearch = (raw: Record<string, unknown>): ReportSearch => {
  const period = readPeriod(raw.period);
  const { where } = readExplorerSearch({ where: raw.where });
  const found: ReportSearchChange = {
    period: period === undefined ? undefined : periodText(period),
    currency:
      typeof raw.currency === "string" && /^(each|[A-Z]{3})$/.test(raw.currency) ? raw.currency : undefined,
    where,
    snapshot: typeof raw.snapshot === "string" && idText.test(raw.snapshot) ? raw.snapshot : undefined,
    panel: PANELS.find((panel) => panel === raw.panel),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
};

/** What the API is asked with: only where it differs from what the report says. */
export const readingOf = ({ period, currency, where = [] }: ReportSearch) => {
  const [only] = where;
  return {
    ...(period === undefined ? {} : { period }),
    ...(currency === undefined ? {} : { currency }),
    ...(only === undefined ? {} : { filter: JSON.stringify(where.length === 1 ? only : { and: where }) }),
  };
};

export const isReading = (search: ReportSearch): boolean => Object.keys(readingOf(search)).length > 0;

export const searchPeriod = ({ period }: ReportSearch): ReportPeriod | undefined => readPeriod(period);
