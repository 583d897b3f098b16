import { add, type Decimal, decimal, ZERO } from "@trimtab/domain";
import { quoteIdent } from "../../sql/dialect.ts";
import type { Branch, Mapping } from "../source-definition.ts";
import { branchColumn, sqlIn } from "./input-group.ts";
import { MAPPED, stagedInput, WORK } from "./relation-sql.ts";
import { originalPath, type Run, type StagedGroup } from "./stage.ts";

/** Rows of one file that share account, period, currency and fate, with what each equation takes from them. */
export interface SurveyLine {
  readonly staged: StagedGroup;
  readonly file: string;
  readonly account: string;
  /** First day of the billing period, or null in rows that can't be read. */
  readonly period: string | null;
  readonly currency: string;
  /** `mapped`, `rejected`, `unmapped`, or a drop rule's name. */
  readonly fate: string;
  readonly rows: number;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  /** How many of the rows each branch takes, where the group has several; empty where it has one. */
  readonly taken: readonly number[];
  readonly equations: readonly { readonly input: Decimal; readonly residue: Decimal }[];
}

const amount = (value: unknown): Decimal => (value === null ? ZERO : decimal(String(value)));

const chargeStart = ({ group, chargesFile }: StagedGroup): string => {
  if (chargesFile !== undefined) return quoteIdent("ChargePeriodStart");
  const [first] = group.mapping.branches;
  const start = first === undefined ? undefined : branchColumn(group.mapping, first, "ChargePeriodStart");
  // A branch that reads list elements sees columns that the whole row does not have.
  return start === undefined || first?.each !== undefined ? "CAST(NULL AS TIMESTAMP)" : sqlIn(group)(start);
};

const branchesOf = ({ group, chargesFile }: StagedGroup): readonly Branch[] =>
  chargesFile === undefined && group.mapping.branches.length > 1 ? group.mapping.branches : [];

/** What a group holds: one cheap pass over a few columns. */
export const surveyGroup = async (run: Run, staged: StagedGroup): Promise<readonly SurveyLine[]> => {
  const { equations } = staged.group.mapping;
  const keys = [WORK.file, WORK.account, WORK.period, WORK.currency, WORK.class].map(quoteIdent);
  const sums = equations.flatMap((_, index) => [
    `sum(${quoteIdent(staged.chargesFile === undefined ? WORK.input(index) : stagedInput(staged.group, index))})`,
    `sum(${quoteIdent(WORK.residue(index))})`,
  ]);
  const start = chargeStart(staged);
  const branches = branchesOf(staged);
  const counts = branches.map(({ when }) =>
    when === undefined ? "count(*)" : `count(*) FILTER (WHERE ${sqlIn(staged.group)(when)})`,
  );
  const { rows } = await run({
    text:
      `SELECT ${keys.join(", ")}, count(*), CAST(CAST(min(${start}) AS DATE) AS VARCHAR), ` +
      `CAST(CAST(max(${start}) AS DATE) AS VARCHAR)${[...sums, ...counts].map((sum) => `, ${sum}`).join("")} ` +
      `FROM ${staged.base} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
  });
  return rows.map(([file, account, period, currency, fate, count, first, last, ...values]) => ({
    staged,
    file: originalPath(staged, String(file)),
    account: String(account),
    period: period === null ? null : String(period).slice(0, 10),
    currency: currency === null ? "" : String(currency),
    fate: String(fate),
    rows: Number(count),
    firstDay: first === null ? null : String(first),
    lastDay: last === null ? null : String(last),
    equations: equations.map((_, index) => ({
      input: amount(values[index * 2] ?? null),
      residue: amount(values[index * 2 + 1] ?? null),
    })),
    taken: branches.map((_, index) => Number(values[equations.length * 2 + index] ?? 0)),
  }));
};

/** What a survey found of a whole group, so that nothing is asked of every row again that no row answers. */
export interface GroupFindings {
  readonly fates: ReadonlySet<string>;
  /** Branches that take at least one row; all of them where none does. */
  readonly branches: readonly Branch[];
}

export const findingsOf = (
  staged: readonly StagedGroup[],
  lines: readonly SurveyLine[],
): ReadonlyMap<Mapping, GroupFindings> =>
  new Map(
    staged.map((own) => {
      const ofGroup = lines.filter((line) => line.staged === own);
      const isTaken = (index: number) =>
        ofGroup.some(({ fate, taken }) => fate === MAPPED && taken[index] !== 0);
      const all = own.group.mapping.branches;
      const branches = all.filter((_, index) => isTaken(index));
      const fates = new Set(ofGroup.map(({ fate }) => fate));
      return [own.group.mapping, { fates, branches: branches.length === 0 ? all : branches }];
    }),
  );

/** Σ over survey lines of what an equation takes in. */
export const sumInputs = (
  lines: readonly SurveyLine[],
  index: number,
): { input: Decimal; residue: Decimal } =>
  lines.reduce(
    (total, { equations }) => {
      const own = equations[index];
      return own === undefined
        ? total
        : { input: add(total.input, own.input), residue: add(total.residue, own.residue) };
    },
    { input: ZERO, residue: ZERO },
  );
