import type { Instant, Json, MoneyEstimate, RecommendationKey } from "@trimtab/domain";
import type { Transaction } from "kysely";
import { estimateTexts } from "./amount-columns.ts";
import { checkText } from "./check-text.ts";
import { digestOf, toJson } from "./json-column.ts";
import { recommendationId } from "./recommendations.ts";
import type { State } from "./state.ts";
import type { RecommendationRevisionTable, StateTables } from "./tables.ts";

/** Rows of one statement: SQLite binds at most 32,766 values. */
const ROWS_AT_ONCE = 500;

export interface FoundRecommendation {
  readonly key: RecommendationKey;
  readonly title: string;
  readonly saving?: MoneyEstimate;
  readonly body: { readonly [key: string]: Json };
}

/** What one advisor found in one analysis. */
export interface AdvisorFindings {
  readonly advisor: string;
  readonly found: readonly FoundRecommendation[];
  /** Resources that it could not judge this time: what it recommended for them stays as it is. */
  readonly abstained: readonly string[];
  /** What it was told to work with. */
  readonly settings: { readonly [key: string]: Json };
  readonly lakeVersion?: number;
  readonly programVersion: string;
}

export interface RecordReport {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly withdrawn: number;
}

interface Known {
  readonly id: string;
  readonly resource: string;
  readonly revision: number;
  readonly bodyDigest: string;
  readonly withdrawnAt: Instant | null;
}

type Draft = Omit<RecommendationRevisionTable, "revision"> & { readonly key: RecommendationKey };

/**
 * Keeps what an advisor found: new ones are open, others get a revision where anything but the moment is new, and those
 * that it no longer finds are withdrawn. Decisions stand.
 * @throws STATE_INPUT_INVALID, JSON_VALUE_INVALID
 */
export const recordRecommendations = (
  state: State,
  actor: string,
  findings: AdvisorFindings,
): Promise<RecordReport> =>
  state.write(actor, async ({ db, at, note }) => {
    checkText("an analysis", "advisor", findings.advisor);
    const known = await knownOf(db, findings.advisor);
    const drafts = new Map(findings.found.map((found) => draftOf(found, findings, at)));
    const isNew = (id: string) => !known.has(id);
    const isChanged = (id: string, { bodyDigest }: Draft) => {
      const before = known.get(id);
      return before !== undefined && (before.bodyDigest !== bodyDigest || before.withdrawnAt !== null);
    };
    const added = [...drafts].filter(([id]) => isNew(id));
    const changed = [...drafts].filter(([id, draft]) => isChanged(id, draft));
    await addNew(
      db,
      added.map(([, draft]) => draft),
      findings,
      at,
    );
    for (const [id, draft] of changed) await addRevision(db, known.get(id), draft);
    const seen = [...drafts.keys()].filter((id) => !isNew(id));
    for (const ids of batches(seen))
      await db.updateTable("recommendations").set({ lastSeenAt: at }).where("id", "in", ids).execute();
    const withdrawn = await withdraw(db, [...known.values()], drafts, findings.abstained, at);
    const report = {
      added: added.length,
      changed: changed.length,
      unchanged: drafts.size - added.length - changed.length,
      withdrawn,
    };
    const details = { ...report, lakeVersion: findings.lakeVersion ?? null };
    note({ action: "recommendations.recorded", subject: `advisor ${findings.advisor}`, details });
    return report;
  });

const knownOf = async (
  db: Transaction<StateTables>,
  advisor: string,
): Promise<ReadonlyMap<string, Known>> => {
  const rows = await db
    .selectFrom("recommendations as rec")
    .innerJoin("recommendationRevisions as made", (join) =>
      join.onRef("made.recommendationId", "=", "rec.id").onRef("made.revision", "=", "rec.revision"),
    )
    .select(["rec.id", "rec.resource", "rec.revision", "rec.withdrawnAt", "made.bodyDigest"])
    .where("rec.advisor", "=", advisor)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
};

const draftOf = (
  { key, title, saving, body }: FoundRecommendation,
  findings: AdvisorFindings,
  at: Instant,
): readonly [string, Draft] => {
  const subject = `a recommendation of ${findings.advisor}`;
  for (const field of ["resource", "scope", "fingerprint"] as const) checkText(subject, field, key[field]);
  const { low: savingLow, mid: savingMid, high: savingHigh } = estimateTexts(saving);
  const frozen = {
    title: checkText(subject, "title", title),
    savingLow,
    savingMid,
    savingHigh,
    currency: saving?.currency ?? null,
    body: toJson(body),
    settings: toJson(findings.settings),
  };
  const id = recommendationId({ ...key, advisor: findings.advisor });
  return [
    id,
    {
      ...frozen,
      key,
      recommendationId: id,
      bodyDigest: digestOf(toJson(frozen)),
      lakeVersion: findings.lakeVersion ?? null,
      programVersion: findings.programVersion,
      madeAt: at,
    },
  ];
};

function* batches<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += ROWS_AT_ONCE) yield all.slice(from, from + ROWS_AT_ONCE);
}

const addNew = async (
  db: Transaction<StateTables>,
  drafts: readonly Draft[],
  { advisor }: AdvisorFindings,
  at: Instant,
): Promise<void> => {
  for (const batch of batches(drafts)) {
    const rows = batch.map(({ recommendationId: id, key: { resource, scope, fingerprint } }) => ({
      id,
      advisor,
      resource,
      scope,
      fingerprint,
      status: "open" as const,
      revision: 1,
      firstSeenAt: at,
      lastSeenAt: at,
      version: 1,
    }));
    await db.insertInto("recommendations").values(rows).execute();
    const revisions = batch.map(({ key: _, ...draft }) => ({ ...draft, revision: 1 }));
    await db.insertInto("recommendationRevisions").values(revisions).execute();
  }
};

const addRevision = async (
  db: Transaction<StateTables>,
  before: Known | undefined,
  { key: _, ...draft }: Draft,
): Promise<void> => {
  const revision = (before?.revision ?? 0) + 1;
  await db
    .insertInto("recommendationRevisions")
    .values({ ...draft, revision })
    .execute();
  await db
    .updateTable("recommendations")
    .set((row) => ({ revision, withdrawnAt: null, version: row("version", "+", 1) }))
    .where("id", "=", draft.recommendationId)
    .execute();
};

const withdraw = async (
  db: Transaction<StateTables>,
  known: readonly Known[],
  drafts: ReadonlyMap<string, unknown>,
  abstained: readonly string[],
  at: Instant,
): Promise<number> => {
  const unjudged = new Set(abstained);
  const gone = known.filter(
    ({ id, resource, withdrawnAt }) => withdrawnAt === null && !drafts.has(id) && !unjudged.has(resource),
  );
  for (const batch of batches(gone))
    await db
      .updateTable("recommendations")
      .set((row) => ({ withdrawnAt: at, version: row("version", "+", 1) }))
      .where(
        "id",
        "in",
        batch.map(({ id }) => id),
      )
      .execute();
  return gone.length;
};
