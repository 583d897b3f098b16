import { createHash } from "node:crypto";
import { canonicalJson, type Instant, type Json } from "@trimtab/domain";
import type { Transaction } from "kysely";
import type { AuditNote, State } from "./state.ts";
import type { AuditTable, StateTables } from "./tables.ts";

const PAGE_ROWS = 1000;

/** Where the log ends. Kept elsewhere, it shows later whether anything up to there was changed or cut off. */
export interface AuditAnchor {
  readonly seq: number;
  readonly hash: string;
}

export type ChainFinding =
  | { readonly status: "whole"; readonly entries: number; readonly head: AuditAnchor }
  | { readonly status: "broken"; readonly seq: number; readonly reason: string };

type Chained = Pick<AuditTable, "seq" | "at" | "actor" | "action" | "subject" | "details" | "previousHash">;

/** Over everything that the entry says, and by the hash before it over everything that was said before. */
const hashOf = ({ seq, at, actor, action, subject, details, previousHash }: Chained): string =>
  createHash("sha256")
    .update(canonicalJson([seq, at, actor, action, subject, details, previousHash]))
    .digest("hex");

/** Adds entries at the end of the log; who writes at the same time waits for the head's row. */
export const appendAudit = async (
  db: Transaction<StateTables>,
  { actor, at }: { readonly actor: string; readonly at: Instant },
  notes: readonly AuditNote[],
): Promise<void> => {
  if (notes.length === 0) return;
  let head: AuditAnchor = await db
    .updateTable("auditHead")
    .set((row) => ({ seq: row("seq", "+", notes.length) }))
    .returning(["seq", "hash"])
    .executeTakeFirstOrThrow();
  head = { ...head, seq: head.seq - notes.length };
  for (const { action, subject, details = {} } of notes) {
    const seq = head.seq + 1;
    const entry = {
      seq,
      at,
      actor,
      action,
      subject,
      details: canonicalJson(details),
      previousHash: head.hash,
    };
    const hash = hashOf(entry);
    await db
      .insertInto("auditLog")
      .values({ ...entry, hash })
      .execute();
    head = { seq, hash };
  }
  await db.updateTable("auditHead").set({ hash: head.hash }).execute();
};

/** Puts down what was done where nothing else is written: a sign-in, an export. */
export const recordNote = (state: State, actor: string, note: AuditNote): Promise<void> =>
  state.write(actor, async (writer) => writer.note(note));

/** Recomputes the whole chain. With an anchor that was kept elsewhere, an exchange of the whole log shows, too. */
export const verifyChain = (state: State, anchor?: AuditAnchor): Promise<ChainFinding> =>
  state.read((db) => verifyChainWithin(db, anchor));

/** As `verifyChain`, in a transaction that there is. */
export const verifyChainWithin = async (
  db: Transaction<StateTables>,
  anchor?: AuditAnchor,
): Promise<ChainFinding> => {
  let last: AuditAnchor = { seq: 0, hash: "" };
  while (true) {
    const page = await entriesAfter(db, last.seq);
    for (const entry of page) {
      const reason = linkProblem(entry, last, anchor);
      if (reason !== undefined) return { status: "broken", seq: entry.seq, reason };
      last = { seq: entry.seq, hash: entry.hash };
    }
    if (page.length < PAGE_ROWS) break;
  }
  const head = await auditHead(db);
  if (head.seq !== last.seq || head.hash !== last.hash)
    return { status: "broken", seq: head.seq, reason: `the log ends at ${last.seq}, not at ${head.seq}` };
  if (anchor !== undefined && anchor.seq > last.seq)
    return { status: "broken", seq: anchor.seq, reason: `the log ends at ${last.seq}, before ${anchor.seq}` };
  return { status: "whole", entries: last.seq, head };
};

const linkProblem = (entry: AuditTable, last: AuditAnchor, anchor?: AuditAnchor): string | undefined => {
  if (entry.seq !== last.seq + 1) return `entry ${last.seq + 1} is missing`;
  if (entry.previousHash !== last.hash) return "it does not follow on the entry before it";
  if (hashOf(entry) !== entry.hash) return "what it says is not what was written";
  if (anchor?.seq === entry.seq && anchor.hash !== entry.hash) return "it is not the entry that was anchored";
  return undefined;
};

const entriesAfter = (db: Transaction<StateTables>, seq: number): Promise<AuditTable[]> =>
  db.selectFrom("auditLog").selectAll().where("seq", ">", seq).orderBy("seq").limit(PAGE_ROWS).execute();

const auditHead = async (db: Transaction<StateTables>): Promise<AuditAnchor> =>
  await db.selectFrom("auditHead").select(["seq", "hash"]).executeTakeFirstOrThrow();

export interface AuditEntry extends AuditAnchor {
  readonly at: Instant;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly details: Json;
}

export interface AuditSelection {
  readonly subject?: string | undefined;
  readonly actor?: string | undefined;
  /** The beginning of an action. */
  readonly action?: string | undefined;
  /** Only entries older than this one. */
  readonly before?: number | undefined;
  readonly limit?: number | undefined;
}

/** The newest entries first, of one subject or of all. */
export const readAudit = (
  state: State,
  { subject, actor, action, before, limit = 50 }: AuditSelection = {},
): Promise<readonly AuditEntry[]> =>
  state.read(async (db) => {
    let query = db.selectFrom("auditLog").selectAll().orderBy("seq", "desc").limit(limit);
    if (subject !== undefined) query = query.where("subject", "=", subject);
    if (actor !== undefined) query = query.where("actor", "=", actor);
    if (action !== undefined)
      query = query.where((row) =>
        row(row.fn("substr", ["action", row.lit(1), row.lit(action.length)]), "=", action),
      );
    if (before !== undefined) query = query.where("seq", "<", before);
    const rows = await query.execute();
    return rows.map(({ previousHash: _, details, ...entry }) => ({
      ...entry,
      details: JSON.parse(details) as Json,
    }));
  });
