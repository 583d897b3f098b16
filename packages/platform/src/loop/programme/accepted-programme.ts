import { compare, type Day, formatDecimal, type Recommendation } from "@trimtab/domain";
import { readRecommendation } from "../../advisors/recommendation-schema.ts";
import { checkProgramme } from "../../ledger/programme/file/parse-programme.ts";
import type { ProgrammeFile, ProgrammeTask } from "../../ledger/programme/file/programme-schema.ts";
import { programmeErrors } from "../../ledger/programme/programme-errors.ts";
import type { State } from "../../state/state.ts";
import { readStored } from "./stored-programme.ts";

/** A recommendation that a task is made of, by its id in the state database. */
export interface Accepted {
  readonly id: string;
  readonly recommendation: Recommendation;
}

/**
 * A programme with a task for each accepted recommendation, after those that it has already.
 * @throws PROGRAMME_NOTHING_ACCEPTED, PROGRAMME_ALTERNATIVES, PROGRAMME_RECOMMENDATION_UNREADABLE
 */
export async function acceptedProgramme(state: State, name: string, starts: Day): Promise<ProgrammeFile> {
  const accepted = await readAccepted(state);
  const [first] = accepted;
  if (first === undefined) throw programmeErrors.create("PROGRAMME_NOTHING_ACCEPTED");
  requireCompatible(accepted);
  const before = await existing(state, name);
  const has = new Set(before?.tasks.map(({ recommendation }) => recommendation));
  const { currency } = first.recommendation.costNow;
  const added = accepted.filter(({ id }) => !has.has(id)).map(taskOf);
  const content = before ?? { version: 1, name, currency, starts, tasks: [] };
  const checked = checkProgramme({ ...content, tasks: [...content.tasks, ...added] });
  if (checked.status === "valid") return checked.programme;
  throw programmeErrors.create("PROGRAMME_RECOMMENDATION_UNREADABLE", { id: name, reason: checked.problem });
}

async function readAccepted(state: State): Promise<readonly Accepted[]> {
  const { listRecommendations, readRevision } = await import("../../state/recommendations.ts");
  const accepted: Accepted[] = [];
  for (const { id, revision, decidedRevision } of await listRecommendations(state, { status: "accepted" })) {
    const read = readRecommendation((await readRevision(state, id, decidedRevision ?? revision)).body);
    if (read.status === "unreadable")
      throw programmeErrors.create("PROGRAMME_RECOMMENDATION_UNREADABLE", { id, reason: read.reason });
    accepted.push({ id, recommendation: read.recommendation });
  }
  // The largest saving first: people change the order, and with it each task's part of the waterfall.
  return accepted.toSorted((a, b) =>
    compare(b.recommendation.saving.net.mid, a.recommendation.saving.net.mid),
  );
}

function requireCompatible(accepted: readonly Accepted[]): void {
  const keyText = (key: Recommendation["key"]) =>
    JSON.stringify([key.advisor, key.resource, key.scope, key.fingerprint]);
  const there = new Map(accepted.map(({ recommendation }) => [keyText(recommendation.key), recommendation]));
  for (const { id, recommendation } of accepted)
    for (const other of [...recommendation.alternatives, ...recommendation.conflicts]) {
      const found = there.get(keyText(other));
      if (found === undefined) continue;
      const details = { first: `${id} (${recommendation.title})`, second: found.title };
      throw programmeErrors.create("PROGRAMME_ALTERNATIVES", details);
    }
}

async function existing(state: State, name: string): Promise<ProgrammeFile | undefined> {
  const { listProgrammes } = await import("../../state/programmes.ts");
  const row = (await listProgrammes(state)).find((programme) => programme.name === name);
  return row === undefined ? undefined : (await readStored(state, row)).programme;
}

/** A task that carries a recommendation out. */
export function taskOf({ id, recommendation }: Accepted): ProgrammeTask {
  const { title, effort, prerequisites, guardrails, notes } = recommendation;
  const { low, mid, high } = effort.hours;
  const limits = guardrails.map(
    ({ metric, statistic, comparison, limit }) =>
      `must hold: ${statistic} of ${metric} ${comparison} ${limit}`,
  );
  const told = [...prerequisites.map((text) => `before: ${text}`), ...limits, ...notes];
  return {
    id,
    title,
    recommendation: id,
    effort: [low, mid, high].map(formatDecimal).join("/"),
    ...(told.length === 0 ? {} : { notes: told }),
  };
}
