/** What a cost is based on, in the words that every page uses. */
export interface FigureBasis {
  readonly basis: string;
  readonly currency: readonly string[];
  readonly period: { readonly start: string | null; readonly end: string | null };
  readonly completeTo: string | null;
  readonly periods: readonly { readonly billingPeriod: string; readonly status: "open" | "closed" }[];
  readonly lakeVersion: number;
}

/** The line under a title: basis, currency, period, how far it is complete, open or closed. */
export function figureLine({
  basis,
  currency,
  period,
  completeTo,
  periods,
  lakeVersion,
}: FigureBasis): string {
  return [
    basis,
    currency.length === 0 ? "no currency" : currency.join(", "),
    periodText(period),
    completeTo === null ? "nothing delivered" : `complete to ${momentText(completeTo)}`,
    openMonths(periods),
    `lake version ${lakeVersion}`,
  ].join(" · ");
}

/** `2026-07-01T00:00:00Z` as `2026-07-01 00:00`: the moment itself, in UTC. */
export function momentText(instant: string): string {
  return instant.replace("T", " ").slice(0, 16);
}

function periodText({ start, end }: FigureBasis["period"]): string {
  const short = (text: string) => text.replace(/[ T]00:00:00Z?$/, "");
  if (start === null && end === null) return "all time";
  if (start === null) return `until ${short(end ?? "")}`;
  return end === null ? `from ${short(start)}` : `${short(start)} until ${short(end)}`;
}

function openMonths(periods: FigureBasis["periods"]): string {
  const open = periods
    .filter(({ status }) => status === "open")
    .map(({ billingPeriod }) => billingPeriod.slice(0, 7));
  const months = [...new Set(open)].sort();
  return months.length === 0 ? "closed" : `${months.join(", ")} still open`;
}
