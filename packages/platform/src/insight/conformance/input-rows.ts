import { FOCUS_VERSIONS, type FocusVersion } from "@trimtab/domain";
import type { Database } from "../../lake/database.ts";
import { readSql } from "../../lake/ingest/read-sql.ts";
import { inspectFile, readHeader } from "../../lake/input/inspect-file.ts";
import { physicalColumns } from "../../lake/input/physical-columns.ts";
import type { SourceDefinition } from "../../lake/source-definition.ts";
import { type Recognised, recogniseSource } from "../../sources/recognise.ts";
import { duckdbDialect } from "../../sql/duckdb-dialect.ts";
import { type Conformance, judge } from "./judge.ts";

/** A file as delivered, scored against the version it declares by its columns. */
export type InputConformance =
  | {
      readonly status: "scored";
      readonly file: string;
      readonly because: string;
      readonly result: Conformance;
    }
  | { readonly status: "not assessable"; readonly file: string; readonly reason: string };

export interface InputOptions {
  /** Judge against this version whatever the file declares. */
  readonly version?: FocusVersion;
  /** `--source`. */
  readonly as?: string;
  readonly supported?: readonly string[];
  readonly signal?: AbortSignal;
}

const asVersion = (text: string): FocusVersion | undefined =>
  FOCUS_VERSIONS.find((version) => version === text);

const declaredVersion = ({ source, recognition }: Recognised): FocusVersion | undefined =>
  source.id === "focus" && recognition.match === "yes" ? asVersion(recognition.variant) : undefined;

const whyNot = (
  { source, recognition }: Recognised,
  version: FocusVersion | undefined,
): string | undefined => {
  if (recognition.match === "other-dataset") return `it holds no charges: ${recognition.reason}`;
  return version === undefined ? `it is ${source.title}, which declares no FOCUS version` : undefined;
};

/** Scores the rows of a file as they were delivered. */
export const scoreInput = async (
  database: Database,
  path: string,
  sources: Readonly<Record<string, SourceDefinition>>,
  options: InputOptions = {},
): Promise<InputConformance> => {
  const file = await inspectFile(path);
  const found = await recogniseSource({
    file: path,
    format: file.format,
    sources,
    readHeader: (dialect) => readHeader(file, dialect, database),
    ...(options.as === undefined ? {} : { as: options.as }),
  });
  const version = options.version ?? declaredVersion(found);
  const reason = whyNot(found, version);
  if (version === undefined || reason !== undefined)
    return { status: "not assessable", file: path, reason: reason ?? "" };
  const { header } = found;
  // Literal nulls must stay visible: whether an export may write them is one of the questions.
  const source: SourceDefinition = { ...found.source, csv: { ...found.source.csv, nullTexts: [] } };
  const result = await database.session((run) =>
    judge(
      {
        from: readSql({ source, header }, [file]),
        columns: physicalColumns(header, source),
        nullTexts: found.source.csv.nullTexts,
        dialect: duckdbDialect,
        run: (statement) => run(statement, { signal: options.signal }),
      },
      version,
      options.supported,
    ),
  );
  return { status: "scored", file: path, because: found.recognition.reason, result };
};
