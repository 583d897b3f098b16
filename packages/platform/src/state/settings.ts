import type { Instant, Json } from "@trimtab/domain";
import { z } from "zod";
import { checkText } from "./check-text.ts";
import { stateErrors } from "./errors.ts";
import { readJson, toJson } from "./json-column.ts";
import type { State } from "./state.ts";

/** A setting that people share: policy of approvals, limits of a run, the kill switch. */
export interface Setting<T> {
  readonly name: string;
  readonly value: T;
  readonly version: number;
  readonly updatedBy: string;
  readonly updatedAt: Instant;
}

/** Undefined where it was never set. @throws STATE_RECORD_INVALID */
export const readSetting = async <T>(
  state: State,
  name: string,
  schema: z.ZodType<T>,
): Promise<Setting<T> | undefined> => {
  const row = await state.read((db) =>
    db.selectFrom("settings").selectAll().where("name", "=", name).executeTakeFirst(),
  );
  return row === undefined ? undefined : { ...row, value: readJson(schema, row.value, `setting ${name}`) };
};

export const listSettings = async (state: State): Promise<readonly Setting<Json>[]> => {
  const rows = await state.read((db) => db.selectFrom("settings").selectAll().orderBy("name").execute());
  return rows.map((row) => ({ ...row, value: readJson(z.json(), row.value, `setting ${row.name}`) }));
};

/**
 * Sets what was read at `version`; 0 for one that was never set.
 * @returns its new version
 * @throws STATE_CONFLICT if somebody else set it in the meantime
 */
export const writeSetting = async (
  state: State,
  actor: string,
  { name, value, version }: { readonly name: string; readonly value: Json; readonly version: number },
): Promise<number> => {
  const subject = `setting ${checkText("setting", "name", name)}`;
  const text = toJson(value);
  return await state.write(actor, async ({ db, at, note }) => {
    const values = { value: text, version: version + 1, updatedBy: actor, updatedAt: at };
    const changed =
      version === 0
        ? await db
            .insertInto("settings")
            .values({ name, ...values })
            .onConflict((conflict) => conflict.column("name").doNothing())
            .returning("version")
            .executeTakeFirst()
        : await db
            .updateTable("settings")
            .set(values)
            .where("name", "=", name)
            .where("version", "=", version)
            .returning("version")
            .executeTakeFirst();
    if (changed === undefined) throw stateErrors.create("STATE_CONFLICT", { subject });
    note({ action: "setting.changed", subject, details: { value, version: changed.version } });
    return changed.version;
  });
};
