import { mkdir, rename, stat } from "node:fs/promises";
import { dirname, posix } from "node:path";
import { quoteIdent, quoteText } from "../../sql/dialect.ts";
import type { Mapping } from "../source-definition.ts";
import type { PlannedLoad } from "./plan-loads.ts";
import { chargeRows, chargesSql, isMapped, REJECTED, stagedWorkColumns, WORK } from "./relation-sql.ts";
import { PARQUET_OPTIONS, type StageContext, type StagedGroup } from "./stage.ts";
import type { GroupFindings } from "./survey.ts";

/** What writing needs besides staging: what the survey found. */
export interface WriteContext extends StageContext {
  readonly findings: ReadonlyMap<Mapping, GroupFindings>;
}

/** $1 is the load's account, $2 its billing period. */
const OF_LOAD =
  `${quoteIdent(WORK.account)} = CAST($1 AS VARCHAR) AND ` +
  `${quoteIdent(WORK.period)} = CAST($2 AS TIMESTAMP)`;

/** The charges of a group that is not staged as charges, as far as `where` leaves them. */
export const unstagedCharges = (
  { group, base }: StagedGroup,
  { tagColumns, findings }: WriteContext,
  options: { readonly where?: string; readonly work?: readonly string[] },
): string => {
  const { fates, branches } = findings.get(group.mapping) ?? {
    fates: new Set([REJECTED]),
    branches: undefined,
  };
  const where = [chargeRows(group, fates), options.where ?? ""].filter(Boolean).join(" AND ");
  return chargesSql(group, base, tagColumns, { ...options, where, ...(branches && { branches }) });
};

const copySql = (staged: StagedGroup, load: PlannedLoad, context: WriteContext): string => {
  const isOnly = load.entire.has(staged);
  if (staged.chargesFile === undefined)
    return unstagedCharges(staged, context, isOnly ? {} : { where: OF_LOAD });
  const own = isOnly ? isMapped : `${isMapped} AND ${OF_LOAD}`;
  return `SELECT * EXCLUDE (${stagedWorkColumns(staged.group).map(quoteIdent).join(", ")}) FROM ${staged.base} WHERE ${own}`;
};

/** Writes the load's one Parquet file; a staged file that already is the load is moved, not copied. */
export const writeCharges = async (
  context: WriteContext,
  load: PlannedLoad,
  target: string,
): Promise<number> => {
  await mkdir(dirname(target), { recursive: true });
  const [only] = load.groups;
  if (load.whole && only?.chargesFile !== undefined) {
    await rename(only.chargesFile, target);
  } else {
    const select = load.groups.map((staged) => copySql(staged, load, context)).join("\nUNION ALL\n");
    const isBound = load.groups.some((staged) => !load.entire.has(staged));
    await context.run(
      {
        text: `COPY (${select}) TO ${quoteText(target)} (${PARQUET_OPTIONS})`,
        params: isBound ? [load.account, load.billingPeriod] : [],
      },
      { signal: context.signal },
    );
  }
  return (await stat(target)).size;
};

/** Path of a load's charge file inside its folder. */
export const chargeFile = (folder: string): string => posix.join(folder, "part-0.parquet");
