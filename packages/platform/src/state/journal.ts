import {
  type Instant,
  type JournalLine,
  type Json,
  journalProblem,
  type StepDirection,
  type StepState,
  stepStates,
} from "@trimtab/domain";
import type { Transaction } from "kysely";
import { checkText } from "./check-text.ts";
import { stateErrors } from "./errors.ts";
import { jsonObject, readJson, toJson } from "./json-column.ts";
import { type Lease, requireLease } from "./leases.ts";
import { planAt } from "./plans.ts";
import type { State } from "./state.ts";
import type { JournalTable, StateTables } from "./tables.ts";

type Detail = { readonly [key: string]: Json };

/** A line of a plan's journal as it was written. */
export type JournalEntry = JournalLine & {
  readonly seq: number;
  readonly detail: Detail;
  readonly runner: string;
  readonly at: Instant;
};

export interface StepRequest {
  readonly planId: string;
  readonly lease: Lease;
  readonly step: string;
  readonly direction: StepDirection;
  /** The command, what was read before it, what it answered; never a secret. */
  readonly detail: Detail;
  /** Which process writes it. */
  readonly runner: string;
}

/**
 * Written and on the disk before a step is carried out.
 * @throws STATE_JOURNAL_REFUSED where the step ran already or is in doubt, STATE_LEASE_LOST, STATE_NOT_FOUND
 */
export const beginStep = (state: State, actor: string, request: StepRequest): Promise<void> =>
  append(state, actor, request, { step: request.step, direction: request.direction, kind: "intent" });

/** Written after a step: how it went. @throws STATE_JOURNAL_REFUSED, STATE_LEASE_LOST, STATE_NOT_FOUND */
export const endStep = (
  state: State,
  actor: string,
  { result, ...request }: StepRequest & { readonly result: "succeeded" | "failed" },
): Promise<void> =>
  append(state, actor, request, {
    step: request.step,
    direction: request.direction,
    kind: "outcome",
    result,
  });

const append = (state: State, actor: string, request: StepRequest, line: JournalLine): Promise<void> =>
  state.write(actor, async (writer) => {
    const { planId, detail, runner, lease } = request;
    const refuse = (reason: string) =>
      stateErrors.create("STATE_JOURNAL_REFUSED", { plan: planId, step: line.step, reason });
    checkText(`plan ${planId}`, "step", line.step);
    await requireLease(writer, lease);
    const { status } = await planAt(writer, planId);
    const mayRun = line.direction === "apply" ? ["applying"] : ["applying", "failed", "applied"];
    if (!mayRun.includes(status)) throw refuse(`the plan is ${status}`);
    const lines = await journalOf(writer.db, planId);
    const problem = journalProblem(stepStates(lines).get(line.step) ?? "untouched", line);
    if (problem !== undefined) throw refuse(problem);
    const seq = (lines.at(-1)?.seq ?? 0) + 1;
    await writer.db
      .insertInto("journal")
      .values({ result: null, ...line, planId, seq, detail: toJson(detail), runner, at: writer.at })
      .execute();
    writer.note({ action: `step.${line.kind}`, subject: `plan ${planId}`, details: { ...line, seq } });
  });

/** The lines alone, in order. */
export const journalOf = async (
  db: Transaction<StateTables>,
  planId: string,
): Promise<readonly (JournalLine & { readonly seq: number })[]> => {
  const rows = await db
    .selectFrom("journal")
    .select(["seq", "step", "direction", "kind", "result"])
    .where("planId", "=", planId)
    .orderBy("seq")
    .execute();
  return rows.map(toLine);
};

type LineColumns = Pick<JournalTable, "seq" | "step" | "direction" | "kind" | "result">;

const toLine = ({ seq, step, direction, result }: LineColumns): JournalLine & { readonly seq: number } =>
  result === null
    ? { seq, step, direction, kind: "intent" }
    : { seq, step, direction, kind: "outcome", result };

/** The whole journal of a plan. @throws STATE_RECORD_INVALID */
export const readJournal = async (state: State, planId: string): Promise<readonly JournalEntry[]> => {
  const rows = await state.read((db) =>
    db.selectFrom("journal").selectAll().where("planId", "=", planId).orderBy("seq").execute(),
  );
  return rows.map((row) => ({
    ...toLine(row),
    detail: readJson(jsonObject, row.detail, `journal of plan ${planId}, line ${row.seq}`),
    runner: row.runner,
    at: row.at,
  }));
};

/** Where plans stand, and how long their journals are: another text once anything was done to one. */
export const readJournalHeads = (
  state: Pick<State, "read">,
): Promise<
  readonly {
    readonly planId: string;
    readonly status: string;
    readonly version: number;
    readonly lines: number;
  }[]
> =>
  state.read(async (db) => {
    const rows = await db
      .selectFrom("plans")
      .leftJoin("journal", "journal.planId", "plans.id")
      .select(["plans.id as planId", "plans.status", "plans.version"])
      .select(({ fn }) => fn.count<string | number>("journal.seq").as("lines"))
      .groupBy(["plans.id", "plans.status", "plans.version"])
      .execute();
    return rows.map(({ planId, status, version, lines }) => ({
      planId,
      status,
      version,
      lines: Number(lines),
    }));
  });

/** Where each step stands that was ever begun: what a resumed run goes by. */
export const readStepStates = async (state: State, planId: string): Promise<ReadonlyMap<string, StepState>> =>
  stepStates(await state.read((db) => journalOf(db, planId)));
