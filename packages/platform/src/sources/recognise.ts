import type {
  CsvDialect,
  InputFormat,
  InputHeader,
  Recognition,
  SourceDefinition,
} from "../lake/source-definition.ts";
import { sourceErrors } from "./errors.ts";

export interface RecogniseRequest {
  /** The file's path, for messages only: its name never decides. */
  readonly file: string;
  readonly format: InputFormat;
  readonly sources: Readonly<Record<string, SourceDefinition>>;
  /** The header as a file of this CSV dialect would have it; asked once per dialect. */
  readHeader(dialect: CsvDialect): Promise<InputHeader>;
  /** `--source`: a source's id, or `id:variant` to say also which variant it is. */
  readonly as?: string;
}

export interface Recognised {
  readonly source: SourceDefinition;
  readonly header: InputHeader;
  readonly recognition: Exclude<Recognition, { readonly match: "no" }>;
}

/** Each header is read once, however many sources share its dialect. */
const headersByDialect = (
  request: RecogniseRequest,
): ((source: SourceDefinition) => Promise<InputHeader>) => {
  const known = new Map<string, Promise<InputHeader>>();
  return ({ csv }) => {
    const key = request.format === "csv" ? JSON.stringify([csv.delimiter, csv.skipLines ?? 0]) : "";
    const header = known.get(key) ?? request.readHeader(csv);
    known.set(key, header);
    return header;
  };
};

const listed = (ids: readonly string[]): string => ids.join(", ");

const recogniseAs = async (request: RecogniseRequest, as: string): Promise<Recognised> => {
  const [id = "", variant] = as.split(":", 2);
  const source = Object.hasOwn(request.sources, id) ? request.sources[id] : undefined;
  if (source === undefined)
    throw sourceErrors.create("SOURCE_UNKNOWN", { id, known: listed(Object.keys(request.sources)) });
  const header = await request.readHeader(source.csv);
  if (variant !== undefined) {
    const known = source.variants ?? [];
    if (!known.includes(variant))
      throw sourceErrors.create("SOURCE_VARIANT_UNKNOWN", { id, variant, known: listed(known) || "none" });
    return { source, header, recognition: { match: "yes", variant, reason: `said so by --source ${as}` } };
  }
  const recognition = source.recognise(header);
  if (recognition.match === "no")
    throw sourceErrors.create("SOURCE_NOT_AS_SAID", { file: request.file, id, reason: recognition.reason });
  return { source, header, recognition };
};

/**
 * The one source that knows a file, by its columns and first rows.
 * @throws SOURCE_NOT_RECOGNISED, SOURCE_AMBIGUOUS, SOURCE_UNKNOWN, SOURCE_VARIANT_UNKNOWN, SOURCE_NOT_AS_SAID, and what
 *   `readHeader` throws when no dialect can read a header at all
 */
export const recogniseSource = async (request: RecogniseRequest): Promise<Recognised> => {
  if (request.as !== undefined) return recogniseAs(request, request.as);
  const headerOf = headersByDialect(request);
  const matches: Recognised[] = [];
  const reasons: string[] = [];
  const failures: unknown[] = [];
  const candidates = Object.values(request.sources).filter(({ formats }) => formats.includes(request.format));
  for (const source of candidates) {
    const header = await headerOf(source).catch((error: unknown) => {
      failures.push(error);
    });
    if (header === undefined) continue;
    const recognition = source.recognise(header);
    if (recognition.match === "no") reasons.push(`${source.id}: ${recognition.reason}.`);
    else matches.push({ source, header, recognition });
  }
  const [match, ...others] = matches;
  if (match !== undefined && others.length === 0) return match;
  if (match !== undefined) {
    const candidates = matches.map(({ source, recognition }) => `${source.id} (${recognition.reason})`);
    throw sourceErrors.create("SOURCE_AMBIGUOUS", {
      file: request.file,
      candidates: candidates.join(" or "),
    });
  }
  if (reasons.length === 0 && failures.length > 0) throw failures[0];
  throw sourceErrors.create("SOURCE_NOT_RECOGNISED", { file: request.file, reasons: reasons.join(" ") });
};
