import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FocusVersion, TrimtabError } from "@trimtab/domain";
import { findInputs } from "../../lake/input/find-inputs.ts";
import { type Lake, openLake } from "../../lake/lake.ts";
import type { LoadEntry } from "../../lake/manifest.ts";
import type { SourceDefinition } from "../../lake/source-definition.ts";
import { loadBills } from "../../sources/load-bills.ts";
import { duckdbDialect } from "../../sql/duckdb-dialect.ts";
import { type InputConformance, scoreInput } from "./input-rows.ts";
import type { Conformance } from "./judge.ts";
import { scoreMapped } from "./mapped-rows.ts";

/** The charges that one source made of its bills, scored. */
export interface MappedConformance {
  readonly source: string;
  readonly rows: number;
  readonly result: Conformance;
}

export interface ConformanceReport {
  readonly inputs: readonly InputConformance[];
  readonly mapped: readonly MappedConformance[];
  /** Why the files became no charges. */
  readonly unmapped?: string;
}

export interface ScoreRequest {
  readonly sources: Readonly<Record<string, SourceDefinition>>;
  readonly version?: FocusVersion;
  /** Criteria of the requirements model that the provider supports. */
  readonly supported?: readonly string[];
  /** `--source`. */
  readonly as?: string;
  readonly signal?: AbortSignal;
}

/** Scores the counted charges of the lake's newest version, each source apart. */
export const scoreLake = async (lake: Lake, request: ScoreRequest): Promise<readonly MappedConformance[]> => {
  const { manifest } = await lake.snapshot();
  const counted = manifest.loads.filter((load) => load.counted === true);
  const scores: MappedConformance[] = [];
  for (const [source, loads] of Map.groupBy(counted, (load: LoadEntry) => load.source)) {
    const charges = {
      from: lake.scanCharges(loads),
      dialect: duckdbDialect,
      run: (statement: { readonly text: string }) => lake.run(statement, { signal: request.signal }),
    };
    const { version, supported = [] } = request;
    const result = await scoreMapped(charges, { supported, ...(version === undefined ? {} : { version }) });
    scores.push({ source, rows: loads.reduce((sum, { rows }) => sum + rows, 0), result });
  }
  return scores;
};

const holdsCosts = (input: InputConformance): boolean =>
  input.status === "scored" || !input.reason.startsWith("it holds no charges");

/**
 * Scores files twice: their rows as delivered, and the charges they become. The lake of the caller stays as it is; the
 * charges are made in a temporary one.
 */
export const scoreFiles = async (
  lake: Lake,
  patterns: readonly string[],
  cwd: string,
  request: ScoreRequest,
): Promise<ConformanceReport> => {
  const paths = await findInputs(patterns, cwd);
  const inputs: InputConformance[] = [];
  for (const { path } of paths) inputs.push(await scoreInput(lake.database, path, request.sources, request));
  const bills = inputs.filter(holdsCosts).map(({ file }) => file);
  if (bills.length === 0) return { inputs, mapped: [] };
  const root = await mkdtemp(join(tmpdir(), "trimtab-conformance-"));
  const scratch = await openLake({ root });
  try {
    const { sources, as, signal } = request;
    const options = { ...(as === undefined ? {} : { as }), ...(signal === undefined ? {} : { signal }) };
    const load = loadBills(scratch, { patterns: bills, cwd, sources, partial: true, ...options });
    const refused = await load.then(
      () => undefined,
      (error: unknown) => {
        // A bill that can't be loaded still has rows as delivered.
        if (error instanceof TrimtabError && error.code !== "LAKE_CANCELLED") return error.message;
        throw error;
      },
    );
    if (refused !== undefined) return { inputs, mapped: [], unmapped: refused };
    return { inputs, mapped: await scoreLake(scratch, request) };
  } finally {
    scratch.close();
    await rm(root, { recursive: true, force: true });
  }
};
