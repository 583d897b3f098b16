import { join } from "node:path";
import { quoteText } from "../../sql/dialect.ts";
import { parquetOf } from "../database.ts";
import type { PlannedLoad } from "./plan-loads.ts";
import { stagedWorkColumns } from "./relation-sql.ts";
import { PARQUET_OPTIONS, type StagedGroup } from "./stage.ts";
import { unstagedCharges, type WriteContext } from "./write-load.ts";

const writeShared = async (
  context: WriteContext,
  staged: StagedGroup,
  index: number,
): Promise<StagedGroup> => {
  const { run, folder, signal } = context;
  const file = join(folder, `charges-${index}.parquet`);
  const select = unstagedCharges(staged, context, { work: stagedWorkColumns(staged.group) });
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
  const now = (staged: StagedGroup) => shared.get(staged) ?? staged;
  return plan.map((load) => ({
    ...load,
    groups: load.groups.map(now),
    entire: new Set([...load.entire].map(now)),
  }));
};
