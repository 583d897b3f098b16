import { join } from "node:path";
import { quoteText } from "../../sql/dialect.ts";
import { parquetOf } from "../database.ts";
import type { PlannedLoad } from "./plan-loads.ts";
import { chargeRows, chargesSql, stagedWorkColumns } from "./relation-sql.ts";
import { PARQUET_OPTIONS, type StagedGroup } from "./stage.ts";
import type { WriteContext } from "./write-load.ts";

const writeShared = async (
  { run, folder, tagColumns, signal, allReadable }: WriteContext,
  staged: StagedGroup,
  index: number,
): Promise<StagedGroup> => {
  const file = join(folder, `charges-${index}.parquet`);
  const work = stagedWorkColumns(staged.group);
  const where = chargeRows(staged.group, allReadable.has(staged.group));
  const select = chargesSql(staged.group, staged.base, tagColumns, { where, work });
  await run({ text: `COPY (${select}) TO ${quoteText(file)} (${PARQUET_OPTIONS})` }, { signal });
  return { ...staged, base: parquetOf([file]), chargesFile: file };
};

/**
 * A group whose rows go to several loads is mapped once, and each load takes its part: planning and mapping a wide bill
 * costs far more than reading it once more.
 */
export const shareCharges = async (
  context: WriteContext,
  plan: readonly PlannedLoad[],
): Promise<readonly PlannedLoad[]> => {
  const uses = Map.groupBy(
    plan.flatMap(({ groups }) => groups),
    (staged) => staged,
  );
  const shared = new Map<StagedGroup, StagedGroup>();
  for (const [staged, loads] of uses)
    if (loads.length > 1 && staged.chargesFile === undefined)
      shared.set(staged, await writeShared(context, staged, shared.size));
  return plan.map((load) => ({ ...load, groups: load.groups.map((staged) => shared.get(staged) ?? staged) }));
};
