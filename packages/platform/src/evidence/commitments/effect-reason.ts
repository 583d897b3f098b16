import { compare, type Decimal, type Instant, isZero } from "@trimtab/domain";
import type { SeenCommitment } from "./eligibility.ts";
import type { BilledUsage } from "./usage-kind.ts";

type Commitments = ReadonlyMap<string, SeenCommitment>;

/** The last of the ends, if every one is known. */
export const endOf = (commitments: Commitments, ids: readonly string[]): { readonly until?: Instant } => {
  const ends = ids.flatMap((id) => commitments.get(id)?.end ?? []);
  const last = ends.toSorted().at(-1);
  return last === undefined || ends.length < ids.length ? {} : { until: last };
};

/** What commitments do to a saving, in a sentence. */
export const reasonOf = (
  { commitments, usage }: { readonly commitments: Commitments; readonly usage: readonly BilledUsage[] },
  ids: readonly string[],
  {
    gross,
    covered,
    reused,
  }: { readonly gross: Decimal; readonly covered: Decimal; readonly reused: Decimal },
): string => {
  const { until } = endOf(commitments, ids);
  const what = ids.length === 1 ? "a commitment" : `${ids.length} commitments`;
  const end =
    until === undefined ? "the bill does not tell when the term ends" : `until ${until.slice(0, 10)}`;
  if (isZero(covered)) return `${what} also pays for it, but what is saved is paid on demand`;
  const part = compare(covered, gross) < 0 ? "part of it is" : "it is";
  const byHour = isByHour(usage) ? "" : "; the bill does not tell hours, so usage of one day was compared";
  const isAzureReserved = ids.some((id) => {
    const one = commitments.get(id);
    return one?.provider === "azure" && !one.isSpend;
  });
  const sizes = isAzureReserved
    ? "; which other sizes a reservation of Azure would cover, the bill does not tell"
    : "";
  if (isZero(reused)) {
    return `${part} already paid for by ${what}, and no other usage would take its place (${end})${byHour}${sizes}`;
  }
  const rest = compare(reused, covered) < 0 ? "for a part" : "in full";
  return `${part} already paid for by ${what}; other usage would take its place ${rest} (${end})${byHour}${sizes}`;
};

const HOUR_MS = 3_600_000;

const isByHour = (usage: readonly BilledUsage[]): boolean =>
  usage.every(({ hour, commitment, resource }) => {
    if (commitment === null || resource === null) return true;
    const [start = "", end = ""] = hour.split("/");
    return Date.parse(`${end.replace(" ", "T")}Z`) - Date.parse(`${start.replace(" ", "T")}Z`) <= HOUR_MS;
  });
