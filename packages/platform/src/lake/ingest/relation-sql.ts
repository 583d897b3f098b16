import { quoteIdent, quoteText } from "../../sql/dialect.ts";
import { cases, type Expr, mapGet, nullOf, or, type SqlType, text } from "../../sql/expr.ts";
import { jsonObject } from "../../sql/mapping-expr.ts";
import { CHARGE_COLUMNS, EXTRA_COLUMN } from "../charge-columns.ts";
import { type Computed, type JoinedTotals, TOTALS_LEVEL } from "../input/input-columns.ts";
import { FILE_COLUMN, LINE_COLUMN } from "../input/physical-columns.ts";
import { rejectRaw, rejectReason } from "../input/reject-checks.ts";
import type { Branch } from "../source-definition.ts";
import { branchColumn, type InputGroup, sqlIn } from "./input-group.ts";

/** Working columns beside the file's own; a `$` keeps them apart from any FOCUS or custom column. */
export const WORK = {
  file: FILE_COLUMN,
  reject: "$reject",
  raw: "$raw",
  class: "$class",
  account: "$account",
  period: "$period",
  currency: "$currency",
  input: (index: number) => `$input${index}`,
  residue: (index: number) => `$residue${index}`,
} as const;

export const MAPPED = "mapped";
export const REJECTED = "rejected";
export const UNMAPPED = "unmapped";

/**
 * The engine's client takes a byte order mark off every text: with one, a currency or account would show as the same and
 * be another.
 */
const withoutMark = (sql: string): string => `trim(LEADING chr(65279) FROM ${sql})`;

/** Readers differ in which of two equal keys counts (RFC 8259, 4), so such a line tells no amount. */
const unreadableLine = (group: InputGroup): string => {
  if (group.header.format !== "ndjson") return "CAST(NULL AS VARCHAR)";
  const json = `TRY_CAST(${quoteIdent(LINE_COLUMN)} AS JSON)`;
  return (
    `CASE WHEN json_type(${json}) IS DISTINCT FROM 'OBJECT' THEN 'not a JSON object' ` +
    `WHEN list_unique(json_keys(${json})) < len(json_keys(${json})) THEN 'a key stands twice' END`
  );
};

/** Late-bound table of the keys that groups of other variants have; see `twins.ts`. */
export const twinTable = ({ source, variant }: InputGroup): string => `twins of ${source.id} ${variant}`;

/** Adds `$twin` to rows of a group that has twin keys. */
const withTwins = (group: InputGroup, from: string): string => {
  const key = group.mapping.twinKey;
  if (key === undefined) return from;
  const others = `(SELECT key FROM ${quoteIdent(twinTable(group))})`;
  return `(SELECT *, COALESCE(${sqlIn(group)(key)} IN ${others}, false) AS ${quoteIdent("$twin")} FROM ${from})`;
};

const branchHolds = (branch: Branch): Expr<"boolean"> | undefined => branch.when;

/** What becomes of a row: the name of its drop rule, `mapped`, or `unmapped` when no branch takes it. */
const classOf = (group: InputGroup): Expr<"text"> => {
  const { branches, drops = [] } = group.mapping;
  const holds = branches.map(branchHolds);
  const taken = holds.includes(undefined) ? undefined : or(...(holds as Expr<"boolean">[]));
  const otherwise =
    taken === undefined ? text(MAPPED) : cases("text", [[taken, text(MAPPED)]], text(UNMAPPED));
  return cases(
    "text",
    drops.map((rule) => [rule.when, text(rule.name)] as const),
    otherwise,
  );
};

/** What the SQL of rows needs of a group. */
export type RowGroup = Pick<InputGroup, "columns" | "dialect" | "totalsPrefix">;

/** Adds computed values, each level over the one below. */
const withComputed = (group: RowGroup, from: string, computed: readonly Computed[]): string => {
  const sqlOf = sqlIn(group);
  const levels = Map.groupBy(computed, ({ level }) => level);
  return [...levels]
    .sort(([a], [b]) => a - b)
    .reduce((sql, [, values]) => {
      const list = values.map(({ alias, expr }) => `${sqlOf(expr)} AS ${quoteIdent(alias)}`);
      return `(SELECT *, ${list.join(", ")} FROM ${sql})`;
    }, from);
};

/** Name of the table that holds some totals of a group. */
export const totalsTable = ({ totalsPrefix }: RowGroup, { table }: JoinedTotals): string =>
  `${totalsPrefix}${table}`;

/** Each totals' own, as the rows keep those of all. */
const totalsKeyName = (index: number): string => `$totalsKey${index}`;
const totalsKey = (index: number): string => quoteIdent(totalsKeyName(index));

/** Columns of the table that holds some totals, as {@link totalsSql} gives them. */
export const totalsColumns = (
  { columns }: RowGroup,
  totals: JoinedTotals,
): readonly { readonly name: string; readonly type: SqlType }[] => [
  { name: totalsKeyName(columns.joinedTotals.indexOf(totals)), type: "text" },
  ...Object.entries(totals.values).map(([name, { type }]) => ({ name: totals.aliases[name] ?? name, type })),
];

/** What fills the table of the totals: one row a key, over the rows that can be read. */
export const totalsSql = (group: RowGroup, totals: JoinedTotals, from: string): string => {
  const sqlOf = sqlIn(group);
  const values = Object.entries(totals.values).map(
    ([name, expr]) => `${sqlOf(expr)} AS ${quoteIdent(totals.aliases[name] ?? name)}`,
  );
  const key = totalsKey(group.columns.joinedTotals.indexOf(totals));
  const list = [`${sqlOf(totals.key)} AS ${key}`, ...values].join(", ");
  const where = `${sqlOf(totals.where)} AND ${sqlOf(rejectReason(group.columns.rejects))} IS NULL`;
  const having = totals.having === undefined ? "" : ` HAVING ${sqlOf(totals.having)}`;
  return `SELECT ${list} FROM ${rowSql(group, from)} WHERE ${where} GROUP BY 1${having}`;
};

/** Each key has one row in its table, so no row is doubled. */
const withTotals = (group: RowGroup, from: string): string =>
  group.columns.joinedTotals.reduce((sql, totals, index) => {
    const sqlOf = sqlIn(group);
    const { at, table, aliases, values } = totals;
    if (!group.columns.emptyTotals.has(table))
      return `(SELECT * FROM ${sql} LEFT JOIN ${quoteIdent(totalsTable(group, totals))} ON ${sqlOf(at)} = ${totalsKey(index)})`;
    const none = Object.entries(values).map(
      ([name, { type }]) => `${sqlOf(nullOf(type))} AS ${quoteIdent(aliases[name] ?? name)}`,
    );
    return `(SELECT *, ${none.join(", ")} FROM ${sql})`;
  }, from);

/** One row per input row: the file's columns and what the row alone tells. */
export const rowSql = (group: RowGroup, from: string): string =>
  withComputed(
    group,
    from,
    group.columns.computed.filter(({ level }) => level < TOTALS_LEVEL),
  );

/** One row per input row: the file's columns and every computed value. */
export const computedSql = (group: RowGroup, from: string): string => {
  const late = group.columns.computed.filter(({ level }) => level >= TOTALS_LEVEL);
  return withComputed(group, withTotals(group, rowSql(group, from)), late);
};

/**
 * Over {@link computedSql}: the working columns that say whether the row can be read, whose it is, and what each
 * equation takes from it.
 */
export const workSql = (group: InputGroup, computed: string): string => {
  const { columns, mapping } = group;
  const sqlOf = sqlIn(group);
  const noPeriod = `CASE WHEN ${sqlOf(mapping.billingPeriod)} IS NULL THEN 'billing period: missing' END`;
  const reject = `COALESCE(${unreadableLine(group)}, ${sqlOf(rejectReason(columns.rejects))}, ${noPeriod})`;
  const raw = group.header.format === "ndjson" ? quoteIdent(LINE_COLUMN) : sqlOf(rejectRaw(columns.rejects));
  const judged = `(SELECT *, ${reject} AS ${quoteIdent(WORK.reject)} FROM ${withTwins(group, computed)})`;
  const work: [string, string][] = [
    [WORK.raw, `CASE WHEN ${quoteIdent(WORK.reject)} IS NOT NULL THEN ${raw} END`],
    [WORK.account, `COALESCE(${withoutMark(sqlOf(mapping.account))}, '')`],
    [WORK.period, sqlOf(mapping.billingPeriod)],
    [WORK.currency, withoutMark(sqlOf(mapping.currency))],
    [
      WORK.class,
      `CASE WHEN ${quoteIdent(WORK.reject)} IS NOT NULL THEN ${quoteText(REJECTED)} ELSE ${sqlOf(classOf(group))} END`,
    ],
    ...mapping.equations.flatMap(({ input, residue }, index): [string, string][] => [
      [WORK.input(index), sqlOf(input)],
      [WORK.residue(index), sqlOf(residue)],
    ]),
  ];
  return `(SELECT *, ${work.map(([name, value]) => `${value} AS ${quoteIdent(name)}`).join(", ")} FROM ${judged})`;
};

export const baseSql = (group: InputGroup, from: string): string => workSql(group, computedSql(group, from));

const branchSql = (
  group: InputGroup,
  branch: Branch,
  base: string,
  tagColumns: ReadonlyMap<string, string>,
  where: string,
  work: readonly string[],
): string => {
  const sqlOf = sqlIn(group);
  const { dialect } = group;
  const conditions = [where, ...(branch.when === undefined ? [] : [sqlOf(branch.when)])].filter(Boolean);
  const filter = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  const rows =
    branch.each === undefined
      ? `${base}${filter}`
      : `(SELECT *, UNNEST(${sqlOf(branch.each.list)}) AS ${quoteIdent(branch.each.as)} FROM ${base}${filter})`;
  const typed = (type: SqlType, expr: Expr | undefined): string => {
    if (expr === undefined) return sqlOf(nullOf(type));
    return expr.type === type ? sqlOf(expr) : dialect.cast(sqlOf(expr), expr.type, type, false);
  };
  const list = CHARGE_COLUMNS.map(({ name, type }) => {
    const sql = typed(type, branchColumn(group.mapping, branch, name));
    return `${name === "BillingCurrency" ? withoutMark(sql) : sql} AS ${quoteIdent(name)}`;
  });
  const { extra } = branch.columns;
  list.push(
    `${sqlOf(extra === undefined ? nullOf("text") : jsonObject(extra))} AS ${quoteIdent(EXTRA_COLUMN)}`,
  );
  list.push(...work.map(quoteIdent));
  const select = `SELECT ${list.join(", ")} FROM ${rows}`;
  if (tagColumns.size === 0) return select;
  const tags = { type: "map", node: { kind: "column", name: "Tags" } } as Expr<"map">;
  const promoted = [...tagColumns].map(
    ([key, name]) => `${sqlOf(mapGet(tags, text(key)))} AS ${quoteIdent(name)}`,
  );
  return `SELECT *, ${promoted.join(", ")} FROM (${select})`;
};

/**
 * Where a staged file of charges keeps what each equation takes in: a charge column that is that very value serves
 * itself, so that it is not written twice.
 */
export const stagedInput = ({ mapping }: InputGroup, index: number): string => {
  const equation = mapping.equations[index];
  const [branch] = mapping.branches;
  const isOwn = equation !== undefined && branch?.columns[equation.output] === equation.input;
  return isOwn ? equation.output : WORK.input(index);
};

/** Working columns that a staged file of charges has. */
export const stagedWorkColumns = (group: InputGroup): readonly string[] => [
  WORK.file,
  WORK.reject,
  WORK.raw,
  WORK.class,
  WORK.account,
  WORK.period,
  WORK.currency,
  ...group.mapping.equations.flatMap((_, index) => [
    ...(stagedInput(group, index) === WORK.input(index) ? [WORK.input(index)] : []),
    WORK.residue(index),
  ]),
];

/**
 * The charges of the rows of `base` that `where` leaves: fixed columns, `x_extra`, promoted tags, then `work`.
 * @param options `branches`: those that any row goes through; default: all
 */
export const chargesSql = (
  group: InputGroup,
  base: string,
  tagColumns: ReadonlyMap<string, string>,
  options: {
    readonly where?: string;
    readonly work?: readonly string[];
    readonly branches?: readonly Branch[];
  } = {},
): string =>
  (options.branches ?? group.mapping.branches)
    .map((branch) => branchSql(group, branch, base, tagColumns, options.where ?? "", options.work ?? []))
    .join("\nUNION ALL\n");

/**
 * Rows that are charges, for writing them; empty for all. Where a survey found every row of the group readable, the
 * reject checks need not be asked again for each row and branch: only the drop rules that met a row decide, and the
 * branches' own conditions.
 */
export const chargeRows = (group: InputGroup, fates: ReadonlySet<string>): string => {
  if (fates.has(REJECTED)) return isMapped;
  const drops = (group.mapping.drops ?? []).filter(({ name }) => fates.has(name));
  return drops.length === 0
    ? ""
    : `NOT COALESCE(${sqlIn(group)(or(...drops.map(({ when }) => when)))}, false)`;
};

/** Rows that are charges. */
export const isMapped = `${quoteIdent(WORK.class)} = ${quoteText(MAPPED)}`;
