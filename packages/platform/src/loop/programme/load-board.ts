import { currencyCode, TrimtabError } from "@trimtab/domain";
import {
  type CostSource,
  type LineCosts,
  linesOfResources,
  readBaseline,
} from "../../ledger/programme/baseline.ts";
import type { Board, PlacedRecommendation } from "../../ledger/programme/board.ts";
import { parseProgramme } from "../../ledger/programme/file/parse-programme.ts";
import type { ProgrammeFile } from "../../ledger/programme/file/programme-schema.ts";
import { programmeErrors } from "../../ledger/programme/programme-errors.ts";
import type { State } from "../../state/state.ts";
import type { Work, WorkServices } from "../work.ts";
import { readStored, type StoredProgramme } from "./stored-programme.ts";

/** A programme, where it came from, and where costs can be asked for. */
export interface LoadedProgramme {
  readonly board: Board;
  readonly source: CostSource;
  /** Absent: from a file. */
  readonly stored?: StoredProgramme;
  readonly state?: State;
}

/** A programme of the state database by its name or id (absent: the one there is), or the text of a file. */
export type NamedProgramme =
  | { readonly name?: string | undefined }
  | { readonly file: string; readonly text: string };

/** @throws PROGRAMME_*, STATE_* */
export async function loadProgramme(work: Work, named: NamedProgramme): Promise<LoadedProgramme> {
  const source = await openSource(work);
  if ("file" in named) {
    const programme = parseProgramme(named.text, named.file);
    return { board: { programme, facts: new Map(), recommendations: new Map() }, source };
  }
  const { state, stored } = await openStored(work.services, named.name);
  const recommendations = await recommendationsOf(state, stored, source);
  const board = { programme: stored.programme, facts: stored.facts, recommendations };
  return { board, source, stored, state };
}

/** A programme of the state database by its name or id; absent: the one there is. @throws PROGRAMME_NOT_CHOSEN, STATE_* */
export async function openStored(
  services: WorkServices,
  asked: string | undefined,
): Promise<{ readonly state: State; readonly stored: StoredProgramme }> {
  const { engine } = await services.findState();
  const refuse = (problem: string, names: readonly string[]) =>
    programmeErrors.create("PROGRAMME_NOT_CHOSEN", { problem, names: names.join(", ") || "none yet" });
  if (!(await engine.exists())) throw refuse("There is no programme yet", []);
  const { listProgrammes } = await import("../../state/programmes.ts");
  const state = await services.openState();
  const rows = await listProgrammes(state);
  const names = rows.map(({ name }) => name);
  const fitting = asked === undefined ? rows : rows.filter(({ name, id }) => name === asked || id === asked);
  const [row, second] = fitting;
  if (row === undefined)
    throw refuse(asked === undefined ? "There is no programme yet" : `There is no programme ${asked}`, names);
  if (second !== undefined) throw refuse("There are several programmes", names);
  return { state, stored: await readStored(state, row) };
}

export async function openSource({ openEngine, query }: Work): Promise<CostSource> {
  return { engine: await openEngine(), context: query };
}

/** What the tasks carry out, as it was when they were made. @throws PROGRAMME_RECOMMENDATION_UNREADABLE, STATE_NOT_FOUND */
async function recommendationsOf(
  state: State,
  { tasks, programme }: StoredProgramme,
  source: CostSource,
): Promise<ReadonlyMap<string, PlacedRecommendation>> {
  const { readRevision } = await import("../../state/recommendations.ts");
  const { readRecommendation } = await import("../../advisors/recommendation-schema.ts");
  const found: [string, PlacedRecommendation["recommendation"]][] = [];
  for (const { recommendation: named } of tasks.values()) {
    if (named === undefined) continue;
    const read = readRecommendation((await readRevision(state, named.id, named.revision)).body);
    if (read.status === "unreadable") {
      const details = { id: named.id, reason: read.reason };
      throw programmeErrors.create("PROGRAMME_RECOMMENDATION_UNREADABLE", details);
    }
    found.push([named.id, read.recommendation]);
  }
  const lines = await linesOfResources(
    programme,
    source,
    found.map(([, { resource }]) => resource.id),
  );
  const currency = currencyCode(programme.currency);
  return new Map(
    found.map(([id, recommendation]) => {
      const line =
        recommendation.costNow.currency === currency ? lines.get(recommendation.resource.id) : undefined;
      return [id, { recommendation, ...(line === undefined ? {} : { line }) }];
    }),
  );
}

/** The baseline, or why there is none. */
export async function baselineOrReason(
  programme: ProgrammeFile,
  source: CostSource,
): Promise<LineCosts | { readonly reason: string }> {
  try {
    return await readBaseline(programme, source);
  } catch (error) {
    const isExpected = error instanceof TrimtabError && error.code === "PROGRAMME_NO_BASELINE";
    if (!isExpected) throw error;
    return { reason: error.message };
  }
}
