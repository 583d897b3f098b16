import { checkText } from "./check-text.ts";
import type { State } from "./state.ts";

/** Says who looks after something, e.g. `recommendation rec-1234`; null: nobody. @throws STATE_INPUT_INVALID */
export const assign = (
  state: State,
  actor: string,
  { subject, assignee }: { readonly subject: string; readonly assignee: string | null },
): Promise<void> =>
  state.write(actor, async ({ db, at, note }) => {
    checkText("assignment", "subject", subject);
    if (assignee === null) {
      await db.deleteFrom("assignments").where("subject", "=", subject).execute();
    } else {
      const values = {
        assignee: checkText(subject, "assignee", assignee),
        assignedBy: actor,
        assignedAt: at,
      };
      await db
        .insertInto("assignments")
        .values({ subject, ...values })
        .onConflict((conflict) => conflict.column("subject").doUpdateSet(values))
        .execute();
    }
    note({ action: "assigned", subject, details: { assignee } });
  });

/** Who looks after what, by subject. */
export const listAssignments = (state: State): Promise<ReadonlyMap<string, string>> =>
  state.read(async (db) => {
    const rows = await db.selectFrom("assignments").select(["subject", "assignee"]).execute();
    return new Map(rows.map(({ subject, assignee }) => [subject, assignee]));
  });
