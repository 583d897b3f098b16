import { TrimtabError } from "@trimtab/domain";
import type { OnProgress } from "../lake/ingest/ingest.ts";
import type { RecognisedFile } from "../lake/ingest/input-group.ts";
import type { IngestReport } from "../lake/ingest/report.ts";
import { findInputs } from "../lake/input/find-inputs.ts";
import { type InspectedFile, inspectFile, readHeader } from "../lake/input/inspect-file.ts";
import { localSideFiles } from "../lake/input/side-files.ts";
import type { Lake } from "../lake/lake.ts";
import type { SourceDefinition } from "../lake/source-definition.ts";
import { decideVariants } from "./decide-variants.ts";
import { sourceErrors } from "./errors.ts";
import { type Recognised, recogniseSource } from "./recognise.ts";

export interface LoadBillsRequest {
  /** Files, folders and globs. */
  readonly patterns: readonly string[];
  readonly cwd: string;
  readonly sources: Readonly<Record<string, SourceDefinition>>;
  /** `--source`: skip recognition. */
  readonly as?: string;
  /** Name of the export where the files don't tell it. */
  readonly exportName?: string;
  readonly partial?: boolean;
  /** The files are only as the real ones at their ends. */
  readonly areStandIns?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/** A file of a known format that holds no costs. */
export interface OtherDataset {
  readonly file: InspectedFile;
  readonly source: string;
  readonly dataset: string;
  readonly reason: string;
}

/** What was found and how it was recognised, before anything is loaded. */
export interface FoundBills {
  readonly inputs: readonly RecognisedFile[];
  readonly others: readonly OtherDataset[];
  readonly superseded: readonly { readonly path: string; readonly reason: string }[];
}

interface Known extends Recognised {
  readonly file: InspectedFile;
}

interface Recognitions {
  readonly known: readonly Known[];
  /** Files of a folder that no source knows. One that was named outright is an error instead. */
  readonly unknown: readonly { readonly path: string; readonly reason: string }[];
}

const recogniseAll = async (lake: Lake, request: LoadBillsRequest): Promise<Recognitions> => {
  const found = await findInputs(request.patterns, request.cwd);
  const known: Known[] = [];
  const unknown: TrimtabError[] = [];
  for (const [index, { path, isNamed }] of found.entries()) {
    request.signal?.throwIfAborted();
    request.onProgress?.("recognising", index, found.length);
    const inspected = await inspectFile(path);
    const file = request.areStandIns ? { ...inspected, isStandIn: true as const } : inspected;
    const recognised = await recogniseSource({
      file: path,
      format: file.format,
      sources: request.sources,
      readHeader: (dialect) => readHeader(file, dialect, lake.database),
      ...(request.as === undefined ? {} : { as: request.as }),
    }).catch((error: unknown) => {
      if (isNamed || !(error instanceof TrimtabError) || error.code !== "SOURCE_NOT_RECOGNISED") throw error;
      unknown.push(error);
    });
    if (recognised !== undefined) known.push({ ...recognised, file });
  }
  const [first] = unknown;
  if (known.length === 0 && first !== undefined) throw first;
  const reason = "no source knows its columns";
  return { known, unknown: unknown.map(({ details }) => ({ path: String(details.file), reason })) };
};

interface Chosen {
  readonly exportByPath: ReadonlyMap<string, string>;
  readonly variantByPath: ReadonlyMap<string, string>;
  readonly superseded: readonly { readonly path: string; readonly reason: string }[];
}

/** Keeps the newest complete delivery where a format's manifests tell which that is. */
const choose = async (bills: readonly Known[]): Promise<Chosen> => {
  const exportByPath = new Map<string, string>();
  const variantByPath = new Map<string, string>();
  const superseded: { path: string; reason: string }[] = [];
  for (const [source, own] of Map.groupBy(bills, (known) => known.source)) {
    const files = own.map(({ file }) => ({ path: file.path, sizeBytes: file.sizeBytes }));
    const choices = (await source.chooseDelivery?.(files, localSideFiles)) ?? [
      { files: files.map(({ path }) => path), superseded: [] },
    ];
    for (const choice of choices) {
      for (const path of choice.files) {
        exportByPath.set(path, choice.exportName ?? "");
        if (choice.variant !== undefined) variantByPath.set(path, choice.variant);
      }
      superseded.push(...choice.superseded);
    }
  }
  return { exportByPath, variantByPath, superseded };
};

/**
 * Finds and recognises files, and picks the deliveries that count.
 * @throws LAKE_INPUT_NOT_FOUND, LAKE_INPUT_EMPTY, LAKE_INPUT_CORRUPT, SOURCE_NOT_RECOGNISED, SOURCE_AMBIGUOUS,
 *   SOURCE_SAME_ROWS, SOURCE_VARIANT_OPEN
 */
export const findBills = async (lake: Lake, request: LoadBillsRequest): Promise<FoundBills> => {
  const { known, unknown } = await recogniseAll(lake, request);
  const bills = known.filter(({ recognition }) => recognition.match === "yes");
  const { exportByPath, variantByPath, superseded } = await choose(bills);
  const chosen = bills.filter(({ file }) => exportByPath.has(file.path));
  const variants = await decideVariants(lake.database, chosen, variantByPath);
  const inputs = bills.flatMap(({ file, header, source, recognition }): readonly RecognisedFile[] => {
    const exportName = exportByPath.get(file.path);
    if (exportName === undefined || recognition.match !== "yes") return [];
    const name = request.exportName ?? (exportName || (recognition.exportName ?? ""));
    const variant = variants.get(file.path) ?? recognition.variant;
    return [{ file, header, source, variant, exportName: name }];
  });
  const others = known.flatMap(({ file, source, recognition }): readonly OtherDataset[] =>
    recognition.match === "other-dataset"
      ? [{ file, source: source.id, dataset: recognition.dataset, reason: recognition.reason }]
      : [],
  );
  return { inputs, others, superseded: [...superseded, ...unknown] };
};

/**
 * Loads bills: the whole of the request in one lake version, or nothing.
 * @throws SOURCE_NO_COSTS when no file holds costs, and what {@link findBills} and the lake's ingest throw
 */
export const loadBills = async (lake: Lake, request: LoadBillsRequest): Promise<IngestReport> =>
  loadFound(lake, await findBills(lake, request), request);

/** @throws SOURCE_NO_COSTS when no file holds costs */
export const requireCosts = ({ inputs, others, superseded }: FoundBills): void => {
  if (inputs.length > 0) return;
  throw sourceErrors.create("SOURCE_NO_COSTS", {
    file: others[0]?.file.path ?? superseded[0]?.path ?? "",
    reason: others[0]?.reason ?? superseded[0]?.reason ?? "",
  });
};

/** As {@link loadBills}, for what was found before. */
export const loadFound = async (
  lake: Lake,
  found: FoundBills,
  request: LoadBillsRequest,
): Promise<IngestReport> => {
  requireCosts(found);
  const { inputs, superseded } = found;
  return lake.ingest(
    {
      inputs,
      superseded,
      partial: request.partial === true,
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    },
    request.onProgress,
  );
};
