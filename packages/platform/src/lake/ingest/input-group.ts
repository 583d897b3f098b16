import { type MappingDialect, Renderer } from "../../sql/dialect.ts";
import { duckdbDialect } from "../../sql/duckdb-dialect.ts";
import type { Expr } from "../../sql/expr.ts";
import { lakeErrors } from "../errors.ts";
import { InputColumns } from "../input/input-columns.ts";
import type { InspectedFile } from "../input/inspect-file.ts";
import type { Branch, InputHeader, MapContext, Mapping, SourceDefinition } from "../source-definition.ts";

/** A file of a delivery with the source and variant it was recognised as. */
export interface RecognisedFile {
  readonly file: InspectedFile;
  readonly header: InputHeader;
  readonly source: SourceDefinition;
  readonly variant: string;
  /** Name of the export, part of the replacement key. */
  readonly exportName: string;
}

/** Files that read and map alike: same source, variant, export, format and header. */
export interface InputGroup {
  readonly source: SourceDefinition;
  readonly variant: string;
  readonly exportName: string;
  readonly header: InputHeader;
  readonly files: readonly InspectedFile[];
  readonly columns: InputColumns;
  readonly mapping: Mapping;
  /** Of the engine that maps the group. */
  readonly dialect: MappingDialect;
  /** What the names of its tables of totals start with. */
  readonly totalsPrefix: string;
}

/** Renders expressions for the engine that maps a group. Mappings hold constants only, so nothing is bound. */
export const sqlIn =
  ({ dialect }: Pick<InputGroup, "dialect">) =>
  (expr: Expr): string =>
    new Renderer(dialect).sql(expr);

/** The embedded engine, whose temporary tables are its session's own. */
export const EMBEDDED = { dialect: duckdbDialect, totalsPrefix: "" } as const;

const signature = ({ source, variant, exportName, header, file }: RecognisedFile): string =>
  JSON.stringify([
    source.id,
    variant,
    exportName,
    file.format,
    file.compression,
    // NDJSON headers list the keys of the first rows only; files of one export differ there by chance.
    file.format === "ndjson" ? [] : header.columns.map(({ name, type }) => [name, type]),
    header.linesBefore,
  ]);

const mergeHeaders = (members: readonly RecognisedFile[]): InputHeader => {
  const [first] = members;
  if (first === undefined) throw new TypeError("A group has at least one file");
  if (first.file.format === "ndjson") {
    const byName = new Map(members.flatMap(({ header }) => header.columns).map((item) => [item.name, item]));
    return { ...first.header, columns: [...byName.values()] };
  }
  const all = (index: number, fact: "empty" | "noEmptyText") =>
    members.every(({ header }) => header.columns[index]?.[fact] === true) ? { [fact]: true } : {};
  return {
    ...first.header,
    columns: first.header.columns.map(({ name, type }, index) => ({
      name,
      type,
      ...all(index, "empty"),
      ...all(index, "noEmptyText"),
    })),
  };
};

/**
 * Groups files and maps each group once.
 * @throws LAKE_INPUT_HEADER for a column that is asked for and stands twice
 */
export const groupInputs = (
  inputs: readonly RecognisedFile[],
  engine: Pick<InputGroup, "dialect" | "totalsPrefix"> = EMBEDDED,
): readonly InputGroup[] => {
  const members = Map.groupBy(inputs, signature);
  const variantsBySource = Map.groupBy(inputs, ({ source }) => source.id);
  return [...members.values()].map((group) => {
    const [first] = group as [RecognisedFile];
    const { source, variant, exportName } = first;
    const header = mergeHeaders(group);
    const columns = new InputColumns(header, source);
    const variants = new Set(variantsBySource.get(source.id)?.map((item) => item.variant));
    const context: MapContext = { variants: [...variants] };
    const mapping = source.map(columns, variant, context);
    const [twice] = columns.ambiguous;
    if (twice !== undefined) {
      const reason = `the column ${twice} stands in it more than once`;
      throw lakeErrors.create("LAKE_INPUT_HEADER", { file: first.file.path, reason });
    }
    const files = group.map(({ file }) => file);
    return { source, variant, exportName, header, files, columns, mapping, ...engine };
  });
};

/** Column of a branch, or what the mapping says for the whole row. */
export const branchColumn = (mapping: Mapping, branch: Branch, name: string): Expr | undefined => {
  const own = (branch.columns as Readonly<Record<string, Expr | undefined>>)[name];
  if (own !== undefined) return own;
  if (name === "BillingAccountId") return mapping.account;
  if (name === "BillingPeriodStart") return mapping.billingPeriod;
  return name === "BillingCurrency" ? mapping.currency : undefined;
};

/** A group whose every row becomes exactly one charge, so that one pass over a text file can write it. */
export const isOneToOne = ({ mapping }: InputGroup): boolean =>
  mapping.twinKey === undefined &&
  mapping.branches.length === 1 &&
  mapping.branches[0]?.when === undefined &&
  mapping.branches[0]?.each === undefined &&
  (mapping.drops ?? []).length === 0;
