import { dirname } from "node:path";
import { lakeErrors } from "../errors.ts";
import { MAPPED, REJECTED } from "./relation-sql.ts";
import type { StagedGroup } from "./stage.ts";
import type { SurveyLine } from "./survey.ts";

/** One load to write: all charges of a source instance in a billing period, out of one or more groups. */
export interface PlannedLoad {
  readonly source: string;
  readonly instance: string;
  readonly account: string;
  /** First day of the billing period. */
  readonly billingPeriod: string;
  readonly groups: readonly StagedGroup[];
  readonly lines: readonly SurveyLine[];
  /** Those groups whose every row that can be read belongs to this load. */
  readonly entire: ReadonlySet<StagedGroup>;
  /** True when the staged charges of its only group are exactly this load. */
  readonly whole: boolean;
}

export const instanceOf = (source: string, account: string, exportName: string): string =>
  [source, account || "no-account", ...(exportName === "" ? [] : [exportName])].join("/");

/** Half-open overlap of two day ranges that are both known. */
const daysOverlap = (a: SurveyLine, b: SurveyLine): boolean =>
  a.firstDay !== null &&
  b.firstDay !== null &&
  a.lastDay !== null &&
  b.lastDay !== null &&
  a.firstDay <= b.lastDay &&
  b.firstDay <= a.lastDay;

/**
 * Files in one folder are parts of one delivery. Files of the same variant in different folders that cover the same
 * days are two deliveries, and nothing says which is right.
 */
const refuseTwoDeliveries = (instance: string, lines: readonly SurveyLine[]): void => {
  for (const [, same] of Map.groupBy(lines, ({ staged }) => staged.group.variant)) {
    const byFolder = [...Map.groupBy(same, ({ file }) => dirname(file)).values()];
    for (const [position, folder] of byFolder.entries())
      for (const other of byFolder.slice(position + 1)) {
        const first = folder.find((line) => other.some((candidate) => daysOverlap(line, candidate)));
        const second = other.find((line) => first !== undefined && daysOverlap(line, first));
        if (first === undefined || second === undefined) continue;
        throw lakeErrors.create("LAKE_TWO_DELIVERIES", {
          instance,
          period: first.period ?? "",
          first: first.file,
          second: second.file,
        });
      }
  }
};

const isWhole = (groups: readonly StagedGroup[], all: readonly SurveyLine[], own: number): boolean => {
  const [only] = groups;
  if (groups.length !== 1 || only?.chargesFile === undefined) return false;
  const ofGroup = all.filter(({ staged }) => staged === only);
  return ofGroup.length === own && ofGroup.every(({ fate }) => fate === MAPPED);
};

const isEntire = (group: StagedGroup, kept: readonly SurveyLine[], own: readonly SurveyLine[]): boolean =>
  kept.filter(({ staged }) => staged === group).length ===
  own.filter(({ staged }) => staged === group).length;

/**
 * Splits what was surveyed into loads.
 * @throws LAKE_TWO_DELIVERIES
 */
export const planLoads = (lines: readonly SurveyLine[]): readonly PlannedLoad[] => {
  const kept = lines.filter(({ fate, period }) => fate !== REJECTED && period !== null);
  const keyOf = ({ staged, account, period }: SurveyLine) =>
    JSON.stringify([staged.group.source.id, account, staged.group.exportName, period]);
  return [...Map.groupBy(kept, keyOf).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined || !own.some(({ fate }) => fate === MAPPED)) return [];
    const { source, exportName } = first.staged.group;
    const instance = instanceOf(source.id, first.account, exportName);
    refuseTwoDeliveries(instance, own);
    const groups = [...new Set(own.map(({ staged }) => staged))];
    return [
      {
        source: source.id,
        instance,
        account: first.account,
        billingPeriod: first.period ?? "",
        groups,
        lines: own,
        entire: new Set(groups.filter((group) => isEntire(group, kept, own))),
        whole: isWhole(groups, lines, own.length),
      },
    ];
  });
};
