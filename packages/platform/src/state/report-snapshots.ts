import type { Json } from "@trimtab/domain";
import type { z } from "zod";
import { checkText } from "./check-text.ts";
import { stateErrors } from "./errors.ts";
import { newId } from "./ids.ts";
import { readJson, toJson } from "./json-column.ts";
import type { ReportSnapshotTable } from "./report-tables.ts";
import type { State } from "./state.ts";

export type SnapshotHead = Omit<ReportSnapshotTable, "body">;
export type SnapshotDraft = Omit<ReportSnapshotTable, "id" | "body" | "madeBy" | "madeAt"> & {
  readonly body: Json;
};

/** @returns its id */
export const addSnapshot = (
  state: State,
  actor: string,
  { body, ...draft }: SnapshotDraft,
): Promise<string> =>
  state.write(actor, async ({ db, at, note }) => {
    const id = newId("snapshot");
    checkText("snapshot", "title", draft.title);
    await db
      .insertInto("reportSnapshots")
      .values({ id, ...draft, body: toJson(body), madeBy: actor, madeAt: at })
      .execute();
    const { reportId, audience } = draft;
    note({ action: "report.pinned", subject: `report ${reportId}`, details: { snapshot: id, audience } });
    return id;
  });

/** Newest first, whoever may see them: that is for the caller to sift. */
export const listSnapshots = (state: State, reportId: string): Promise<readonly SnapshotHead[]> =>
  state.read((db) =>
    db
      .selectFrom("reportSnapshots")
      .select([
        "id",
        "reportId",
        "reportVersion",
        "title",
        "audience",
        "scopeDigest",
        "lakeVersion",
        "madeById",
        "madeBy",
        "madeAt",
      ])
      .where("reportId", "=", reportId)
      .orderBy("madeAt", "desc")
      .orderBy("id")
      .execute(),
  );

/** What was pinned. @throws STATE_NOT_FOUND, STATE_RECORD_INVALID */
export const readSnapshotBody = async <T>(state: State, id: string, schema: z.ZodType<T>): Promise<T> => {
  const row = await state.read((db) =>
    db.selectFrom("reportSnapshots").select("body").where("id", "=", id).executeTakeFirst(),
  );
  if (row === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "snapshot", id });
  return readJson(schema, row.body, `snapshot ${id}`);
};

export const deleteSnapshot = (
  state: State,
  actor: string,
  { id, reportId }: Pick<SnapshotHead, "id" | "reportId">,
): Promise<void> =>
  state.write(actor, async ({ db, note }) => {
    await db.deleteFrom("reportSnapshots").where("id", "=", id).execute();
    note({ action: "report.unpinned", subject: `report ${reportId}`, details: { snapshot: id } });
  });
