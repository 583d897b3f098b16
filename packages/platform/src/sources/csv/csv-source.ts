import { LAKE_COLUMNS, type LakeColumn } from "@trimtab/domain";
import {
  type ChargeColumns,
  type DropRule,
  defineSource,
  type Equation,
  type InputHeader,
  type InputTable,
  type Mapping,
  type Recognition,
  type SourceDefinition,
  type UnknownMeasure,
} from "../../lake/source-definition.ts";
import { call, cases, coalesce, type Expr, isNull, isOneOf, lit, nullOf, or, text } from "../../sql/expr.ts";
import { headerNames } from "../shared/header-names.ts";
import { columnNames, MappedValues } from "./mapped-values.ts";
import type { ColumnSpec, CsvMapping } from "./mapping-schema.ts";

const COSTS = ["BilledCost", "EffectiveCost", "ListCost", "ContractedCost"] as const;
const isCost = (name: string): name is (typeof COSTS)[number] => COSTS.some((cost) => cost === name);

const specsOf = ({ columns }: CsvMapping): readonly (readonly [LakeColumn, ColumnSpec])[] =>
  LAKE_COLUMNS.flatMap((column) => {
    const spec = (columns as Readonly<Record<string, ColumnSpec | undefined>>)[column.name];
    return spec === undefined ? [] : [[column, spec] as const];
  });

/** Every column of the file that the mapping reads; a file without one of them is another format. */
const neededColumns = (mapping: CsvMapping): readonly string[] => [
  ...new Set([
    ...specsOf(mapping).flatMap(([, spec]) => {
      const names = columnNames(spec);
      return names.length === 1 ? names : [];
    }),
    ...mapping.drop.map(({ column }) => column),
  ]),
];

const recogniseBy =
  (mapping: CsvMapping) =>
  (header: InputHeader): Recognition => {
    const missing = headerNames(header).missing(neededColumns(mapping));
    return missing.length === 0
      ? { match: "yes", variant: mapping.name, reason: `it has all columns of the mapping ${mapping.name}` }
      : {
          match: "no",
          reason: `the mapping ${mapping.name} reads columns that it lacks: ${missing.join(", ")}`,
        };
  };

const tagsOf = (input: InputTable, { tags }: CsvMapping): Expr<"map"> | undefined => {
  const parts: Expr<"map">[] = [];
  if (tags.json !== undefined) parts.push(input.map(tags.json));
  if (tags.prefixes.length > 0) parts.push(input.prefixed(...tags.prefixes));
  const pairs = Object.entries(tags.columns).flatMap(([key, name]) => [text(key), input.text(name)]);
  if (pairs.length > 0) parts.push(call("map", "mapFromPairs", ...pairs));
  const [first, ...rest] = parts;
  if (first === undefined || rest.length === 0) return first;
  const none = call("map", "mapFromPairs");
  return call("map", "mapConcat", ...parts.map((part) => coalesce(part, none)));
};

const dropsOf = (input: InputTable, { drop }: CsvMapping): readonly DropRule[] =>
  drop.map(({ name, column, equals, reason }) => ({
    name,
    reason,
    when: coalesce(isOneOf(input.text(column), ...equals), lit("boolean", false)),
  }));

/** The month of the charge is its billing period, where the mapping gives none; its day ends a day later. */
const withPeriods = (columns: Record<string, Expr>): Record<string, Expr> => {
  const start = columns.ChargePeriodStart ?? nullOf("timestamp");
  const month = call("timestamp", "dateTrunc", text("month"), start);
  const periodStart = columns.BillingPeriodStart ?? month;
  return {
    ...columns,
    BillingPeriodStart: periodStart,
    BillingPeriodEnd:
      columns.BillingPeriodEnd ?? call("timestamp", "addMonths", periodStart, lit("bigint", 1)),
    ChargePeriodEnd: columns.ChargePeriodEnd ?? call("timestamp", "addDays", start, lit("bigint", 1)),
  };
};

const mapBy =
  (mapping: CsvMapping) =>
  (input: InputTable): Mapping => {
    const values = new MappedValues(input, mapping);
    const drops = dropsOf(input, mapping);
    const dropped = or(...drops.map(({ when }) => when));
    const columns: Record<string, Expr> = {};
    const equations: Equation[] = [];
    for (const [column, spec] of specsOf(mapping)) {
      const { name } = column;
      if (isCost(name)) {
        const { value, residue } = values.cost(spec);
        columns[name] = value;
        equations.push({
          name: `sum of ${columnNames(spec).join(" or ")}`,
          // What the mapping says is no charge is no side of the law either; the load tells how many rows that were.
          input: cases("decimal", [[dropped, lit("decimal", "0")]], value),
          residue: cases("exact", [[dropped, lit("exact", "0")]], residue),
          output: name,
        });
      } else {
        columns[name] = name === "ChargePeriodStart" ? values.timestamp(spec, true) : values.of(column, spec);
      }
    }
    const complete = withPeriods(columns);
    const billed = complete.BilledCost ?? nullOf("decimal");
    const currency = (complete.BillingCurrency ?? nullOf("text")) as Expr<"text">;
    for (const [name, value] of [
      ["BilledCost", billed],
      ["BillingCurrency", currency],
    ] as const)
      input.reject({ column: name, reason: "a charge has none", bad: isNull(value), raw: nullOf("text") });
    const tags = tagsOf(input, mapping);
    const charge: ChargeColumns = {
      ...complete,
      ...(tags === undefined ? {} : { Tags: tags }),
      extra: input.rest(),
    };
    return {
      account: coalesce((complete.BillingAccountId ?? nullOf("text")) as Expr<"text">, text("unknown")),
      billingPeriod: call(
        "timestamp",
        "dateTrunc",
        text("day"),
        complete.BillingPeriodStart ?? nullOf("timestamp"),
      ),
      currency,
      branches: [{ name: "charge", columns: charge }],
      drops,
      equations,
      unknown: COSTS.filter((cost) => complete[cost] === undefined).map(
        (column): UnknownMeasure => ({
          column,
          reason: mapping.unknown[column] ?? `the mapping ${mapping.name} names no column for it`,
        }),
      ),
    };
  };

const base = {
  apiVersion: 1,
  id: "csv",
  specification: ["docs/reference/sources/csv.md"],
  detailRank: 1,
} as const;

/** A source for any table of charges, made at run time from a mapping file. */
export const csvSourceFor = (mapping: CsvMapping): SourceDefinition =>
  defineSource({
    ...base,
    title: mapping.title ?? `CSV by the mapping ${mapping.name}`,
    formats: [mapping.file.format],
    csv: {
      delimiter: mapping.file.delimiter,
      nullTexts: mapping.file.nulls,
      skipLines: mapping.file.skipLines,
    },
    delivery: mapping.delivery,
    recognise: recogniseBy(mapping),
    map: mapBy(mapping),
    // The mapping's name keeps two formats of one account apart.
    chooseDelivery: async (files) => [
      { files: files.map(({ path }) => path), superseded: [], exportName: mapping.name },
    ],
  });

/** What `trimtab sources` lists; without a mapping it knows no file. */
export const csvSource = defineSource({
  ...base,
  title: "Any other table of charges, by a mapping file (--mapping)",
  formats: ["csv"],
  csv: { delimiter: ",", nullTexts: [] },
  delivery: "period",
  recognise: () => ({ match: "no", reason: "needs a mapping file: --mapping FILE" }),
  map: () => {
    throw new TypeError("The source csv recognises nothing without a mapping");
  },
});
