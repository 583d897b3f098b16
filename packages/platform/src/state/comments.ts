import { type Instant, instantOf } from "@trimtab/domain";
import type { Transaction } from "kysely";
import { checkText } from "./check-text.ts";
import { stateErrors } from "./errors.ts";
import { newId } from "./ids.ts";
import type { State } from "./state.ts";
import type { StateTables } from "./tables.ts";

/** What somebody said about something. */
export interface Comment {
  readonly id: string;
  /** A kind and an id, e.g. `recommendation rec-1234`. */
  readonly subject: string;
  readonly author: string;
  readonly text: string;
  /** Email addresses, in small letters. */
  readonly mentions: readonly string[];
  readonly at: Instant;
}

/** @throws STATE_INPUT_INVALID */
export const addComment = (
  state: State,
  author: string,
  { subject, text, mentions }: Pick<Comment, "subject" | "text" | "mentions">,
): Promise<Comment> =>
  state.write(author, async ({ db, at, note }) => {
    const id = newId("comment");
    checkText("comment", "subject", subject);
    checkText("comment", "text", text);
    const persons = [...new Set(mentions.map((person) => person.toLowerCase()))];
    await db
      .insertInto("comments")
      .values({ id, subject, author, body: text, at, removedAt: null })
      .execute();
    for (const person of persons)
      await db.insertInto("commentMentions").values({ commentId: id, person }).execute();
    note({ action: "comment.added", subject, details: { comment: id } });
    return { id, subject, author, text, mentions: persons, at };
  });

/** Takes a comment of one's own back: its text is gone. @throws STATE_NOT_FOUND */
export const removeComment = (state: State, author: string, id: string): Promise<void> =>
  state.write(author, async ({ db, at, note }) => {
    const { numUpdatedRows } = await db
      .updateTable("comments")
      .set({ body: null, removedAt: at })
      .where("id", "=", id)
      .where("author", "=", author)
      .where("removedAt", "is", null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw stateErrors.create("STATE_NOT_FOUND", { kind: "comment of yours", id });
    await db.deleteFrom("commentMentions").where("commentId", "=", id).execute();
    note({ action: "comment.removed", subject: `comment ${id}` });
  });

/** Oldest first. */
export const listComments = (state: State, subject: string): Promise<readonly Comment[]> =>
  state.read((db) => read(db, (query) => query.where("subject", "=", subject).orderBy("at").orderBy("id")));

/** How many were said, by subject. */
export const countComments = (state: State): Promise<ReadonlyMap<string, number>> =>
  state.read(async (db) => {
    const rows = await db
      .selectFrom("comments")
      .select(["subject", db.fn.countAll<string | number>().as("count")])
      .where("removedAt", "is", null)
      .groupBy("subject")
      .execute();
    return new Map(rows.map(({ subject, count }) => [subject, Number(count)]));
  });

/** Where somebody is mentioned, newest first, and up to when they have read that. */
export const listMentions = (
  state: State,
  person: string,
  limit: number,
): Promise<{ readonly comments: readonly Comment[]; readonly readUntil?: Instant }> =>
  state.read(async (db) => {
    const named = db
      .selectFrom("commentMentions")
      .select("commentId")
      .where("person", "=", person.toLowerCase());
    const comments = await read(db, (query) =>
      query.where("id", "in", named).orderBy("at", "desc").orderBy("id").limit(limit),
    );
    const row = await db
      .selectFrom("mentionReads")
      .select("until")
      .where("person", "=", person.toLowerCase())
      .executeTakeFirst();
    return { comments, ...(row === undefined ? {} : { readUntil: row.until }) };
  });

/** Marks mentions up to a moment as read; never backwards, and not beyond now. */
export const markMentionsRead = (state: State, person: string, until: Instant): Promise<void> =>
  state.write(person, async ({ db }) => {
    const now = instantOf(state.clock());
    // In the one form: SQLite compares moments as texts.
    const moment = Date.parse(until) > Date.parse(now) ? now : instantOf(new Date(until));
    await db
      .insertInto("mentionReads")
      .values({ person: person.toLowerCase(), until: moment })
      .onConflict((conflict) =>
        conflict.column("person").doUpdateSet({ until: moment }).where("mentionReads.until", "<", moment),
      )
      .execute();
  });

type Comments = ReturnType<typeof selectComments>;

const selectComments = (db: Transaction<StateTables>) =>
  db.selectFrom("comments").selectAll().where("removedAt", "is", null);

const read = async (
  db: Transaction<StateTables>,
  narrow: (query: Comments) => Comments,
): Promise<readonly Comment[]> => {
  const rows = await narrow(selectComments(db)).execute();
  if (rows.length === 0) return [];
  const named = await db
    .selectFrom("commentMentions")
    .selectAll()
    .where(
      "commentId",
      "in",
      rows.map(({ id }) => id),
    )
    .orderBy("person")
    .execute();
  return rows.map(({ id, subject, author, body, at }) => ({
    id,
    subject,
    author,
    text: body ?? "",
    mentions: named.flatMap(({ commentId, person }) => (commentId === id ? [person] : [])),
    at,
  }));
};
