import type { LakeColumnName } from "@trimtab/domain";
import { column, type Expr } from "../sql/expr.ts";
import type { Pairs } from "../sql/mapping-expr.ts";

/** How a file is laid out. Compression (`.gz`, `.zst`) is recognised by its magic bytes and is not a format. */
export type InputFormat = "csv" | "parquet" | "ndjson";

export interface InputColumn {
  /** Exactly as the file spells it, byte order mark removed. */
  readonly name: string;
  /** The engine's type text: `VARCHAR` for every CSV column, e.g. `DOUBLE` or `MAP(VARCHAR, VARCHAR)` in Parquet. */
  readonly type: string;
  /** True where the file's own statistics say that every value is null (Parquet). */
  readonly empty?: boolean;
  /** True where the file's own statistics say that no value is the empty text (Parquet). */
  readonly noEmptyText?: boolean;
}

/** What can be known of a file without reading its rows. Recognition sees this, never the file's name. */
export interface InputHeader {
  readonly format: InputFormat;
  readonly columns: readonly InputColumn[];
  /** Lines before the header of a CSV file: those that its dialect skips, and empty ones. */
  readonly linesBefore?: number;
  /** The first data rows as text (at most 20), for formats that only their values tell apart. */
  readonly sample: readonly Readonly<Record<string, string | null>>[];
}

/** How CSV of a format is written. It follows from the format's definition and is never sniffed. */
export interface CsvDialect {
  readonly delimiter: "," | ";" | "\t" | "|";
  /** Texts that mean null besides the empty field, e.g. `NULL`. */
  readonly nullTexts: readonly string[];
  /** Lines before the header that are not data. */
  readonly skipLines?: number;
}

export type Recognition =
  | {
      readonly match: "yes";
      readonly variant: string;
      readonly reason: string;
      /** The sample left the variant open: all rows are asked, by {@link SourceDefinition.decideVariant}. */
      readonly tentative?: true;
      /**
       * Name of the export that files of this variant are, where the delivery names none: variants that tell the same
       * charges at different detail must not replace each other.
       */
      readonly exportName?: string;
    }
  /** Recognised, but holds no costs (e.g. a ContractCommitment data set): kept apart under this data set name. */
  | { readonly match: "other-dataset"; readonly dataset: string; readonly reason: string }
  | { readonly match: "no"; readonly reason: string };

/** A measure that this delivery can't tell, with the reason shown to the reader. Its column is null in every row. */
export interface UnknownMeasure {
  readonly column: "BilledCost" | "EffectiveCost" | "ListCost" | "ContractedCost";
  readonly reason: string;
}

/**
 * One kind of charge row that input rows become. A row goes through every branch whose `when` holds, so the
 * conditions of plain branches should exclude each other; a row that should become two charges satisfies two.
 */
export interface Branch {
  readonly name: string;
  /** Absent: every row. */
  readonly when?: Expr<"boolean">;
  /** One charge per element of this list (e.g. nested credits); `columns` sees the element as struct column `as`. */
  readonly each?: { readonly list: Expr<"list">; readonly as: string };
  readonly columns: ChargeColumns;
}

/** FOCUS 1.4 columns of a charge; what is left out is null. `extra` becomes `x_extra`, a JSON object as text. */
export type ChargeColumns = Readonly<
  Partial<Record<LakeColumnName, Expr>> & { readonly Tags?: Expr<"map">; readonly extra?: Pairs }
>;

/** Rows that are knowingly no charges. Their amounts still count on the input side of every equation. */
export interface DropRule {
  readonly name: string;
  readonly when: Expr<"boolean">;
  readonly reason: string;
}

/**
 * A conservation law: per billing currency, Σ `input` over all input rows = Σ `output` over the charges, digit for digit.
 * Inputs of equations with the same output are added over all groups of a source, charges over all its loads.
 * `residue` is what rounding to 12 places took from `input` in that row (see {@link InputTable.residue}).
 */
export interface Equation {
  readonly name: string;
  readonly input: Expr<"decimal">;
  readonly residue: Expr<"exact">;
  readonly output: "BilledCost" | "EffectiveCost" | "ListCost" | "ContractedCost";
}

/** What one set of files with the same header becomes. All expressions are over one input row. */
export interface Mapping {
  /** Billing account of the row: part of the replacement key. */
  readonly account: Expr<"text">;
  /** First day (UTC midnight) of the billing period the row belongs to: part of the replacement key. */
  readonly billingPeriod: Expr<"timestamp">;
  readonly currency: Expr<"text">;
  readonly branches: readonly Branch[];
  readonly drops?: readonly DropRule[];
  readonly equations: readonly Equation[];
  readonly unknown?: readonly UnknownMeasure[];
  /** Overrides the source's {@link SourceDefinition.detailRank} for this variant. */
  readonly detailRank?: number;
  /**
   * For rows that another variant of the same load may hold too: rows of two variants with equal keys are the same
   * charge. The lake compares the keys of the groups and gives every row {@link hasTwin}. Null has no twin.
   */
  readonly twinKey?: Expr<"text">;
  /** Working out a row costs more than writing it: it is done once, not for every load and branch that asks for it. */
  readonly workedOutOnce?: boolean;
  /** Things a reader should know of this delivery, e.g. "query left out the reservation columns". */
  readonly notes?: readonly string[];
}

/**
 * The columns of the input, whatever their physical type, as typed expressions. The first of the given names that the
 * file has is used (exact spelling first, then ignoring case); if it has none, the result is a typed null.
 * Conversions that can fail register a reject check: rows with an unreadable value go to quarantine with the column's
 * name, never to zero.
 */
export interface InputTable {
  readonly header: InputHeader;
  has(...names: readonly string[]): boolean;
  /** Text; the dialect's null texts and empty fields are null. */
  text(...names: readonly string[]): Expr<"text">;
  /** Exact decimal rounded half away from zero to 12 places. Null when empty; unreadable text rejects the row. */
  decimal(...names: readonly string[]): Expr<"decimal">;
  /** exact value − rounded value of {@link decimal}, for {@link Equation.residue}; null (read as zero) when nothing was lost. */
  residue(...names: readonly string[]): Expr<"exact">;
  /**
   * A UTC instant. `formats` are strptime patterns tried in order, e.g. `%Y-%m-%dT%H:%M:%SZ`; physical timestamps and
   * dates need none. Unreadable text rejects the row; so does null when `required`.
   */
  timestamp(options: TimestampOptions, ...names: readonly string[]): Expr<"timestamp">;
  /** A map: physical MAP, STRUCT, list of key/value structs, or JSON-object text. */
  map(...names: readonly string[]): Expr<"map">;
  /** Columns whose name starts with the prefix, as a map keyed by the rest of the name; null values left out. */
  prefixed(...prefixes: readonly string[]): Expr<"map">;
  /** The column as it is, for nested types. The name must exist. */
  physical(name: string, type: Expr["type"]): Expr;
  /** All columns that no other call of this table asked for, and `also` these, as texts under their names; call it last. */
  rest(...also: readonly string[]): Pairs;
  /** A named intermediate value, computed once per row and shared by branches. */
  define<E extends Expr>(name: string, expr: E): E;
  /**
   * What one row can't tell alone, e.g. how much of a parent's cost its children took: aggregates over the readable
   * rows of this group that share a key, seen from every row whose `at` is that key; null where there are none. They
   * can't build on other totals, and no reject check can build on them. Costs a second look at the columns it names.
   */
  totals<const V extends Readonly<Record<string, Expr>>>(totals: Totals<V>): V;
  /** Registers a check of the source's own: where `bad` holds, the row goes to quarantine. */
  reject(check: RejectCheck): void;
}

/** See {@link InputTable.totals}. */
export interface Totals<V extends Readonly<Record<string, Expr>>> {
  /** The rows that are aggregated. */
  readonly where: Expr<"boolean">;
  /** Key of an aggregated row. */
  readonly key: Expr<"text">;
  /** Key that a row looks for; null finds nothing. */
  readonly at: Expr<"text">;
  /** Aggregates (`sum`, `min`, `max`, `count`) over the rows of one key. */
  readonly values: V;
  /** Which keys are worth telling, over {@link values}; default: all. Where none is, no row looks for one. */
  readonly having?: (values: V) => Expr<"boolean">;
}

/** Whether a group of another variant in this load has a row of the same {@link Mapping.twinKey}; never null. */
export const hasTwin: Expr<"boolean"> = column("$twin", "boolean");

export interface TimestampOptions {
  readonly formats: readonly string[];
  readonly required?: boolean;
}

export interface RejectCheck {
  readonly column: string;
  readonly reason: string;
  readonly bad: Expr<"boolean">;
  readonly raw: Expr<"text">;
}

/** What else is loaded in the same request. */
export interface MapContext {
  /** All variants of this source in the request; their rows of one account and period form one load. */
  readonly variants: readonly string[];
}

/** Facts about a delivery that the folder around a file tells (a manifest, an assembly id). */
export interface DeliveryFile {
  readonly path: string;
  readonly sizeBytes: number;
}

/**
 * A set of files that together are one delivery of one or more billing periods, chosen among what was found.
 * `superseded` names files that belong to older or incomplete deliveries, with the reason; they are not read.
 */
export interface DeliveryChoice {
  readonly files: readonly string[];
  readonly superseded: readonly { readonly path: string; readonly reason: string }[];
  /** Name of the export, the third part of the replacement key, e.g. the CUR report's name. */
  readonly exportName?: string;
  /** The variant as the delivery's own metadata states it; it wins over a tentative recognition. */
  readonly variant?: string;
}

/** A variant and the rows that only it can have. */
export interface VariantTest {
  readonly variant: string;
  readonly when: Expr<"boolean">;
  readonly reason: string;
}

/** Reads small side files (manifests); rejects with a TrimtabError that names the file. */
export interface SideFiles {
  list(folder: string): Promise<readonly DeliveryFile[]>;
  readJson(path: string): Promise<unknown>;
}

/**
 * One billing format: how to recognise it and how it maps to FOCUS. Frozen data and pure functions; executed set-wise
 * by the lake. Experimental until the second release.
 */
export interface SourceDefinition {
  readonly apiVersion: 1;
  readonly id: string;
  readonly title: string;
  /** Where the format is specified, with the date it was read. */
  readonly specification: readonly string[];
  readonly formats: readonly InputFormat[];
  readonly csv: CsvDialect;
  /** How NDJSON is read: SQL type of each top-level key; absent keys are null. */
  readonly ndjsonColumns?: Readonly<Record<string, string>>;
  /** `period`: a delivery holds whole billing periods; `window`: some days; `append`: rows by export time. */
  readonly delivery: "period" | "window" | "append";
  /** Its CSV and Parquet may be mapped by a cluster: all that its mapping asks for has a form there. */
  readonly onCluster?: true;
  /** When two instances hold the same charges, the higher rank counts (detailed 2, standard 1). */
  readonly detailRank: number;
  /** The variants that `--source id:variant` may name. */
  readonly variants?: readonly string[];
  recognise(header: InputHeader): Recognition;
  /** For tentative recognitions: the first test that holds for any row of the file names its variant. */
  decideVariant?(input: InputTable): readonly VariantTest[];
  /** @param input the columns of one group of files with equal headers; @param variant from {@link recognise} */
  map(input: InputTable, variant: string, context: MapContext): Mapping;
  /** Picks the files of the newest complete delivery; absent: every file counts and two deliveries are an error. */
  chooseDelivery?(files: readonly DeliveryFile[], side: SideFiles): Promise<readonly DeliveryChoice[]>;
}

/** Checks nothing at run time: it only gives the literal its type. */
export const defineSource = <const D extends SourceDefinition>(definition: D): D => Object.freeze(definition);
