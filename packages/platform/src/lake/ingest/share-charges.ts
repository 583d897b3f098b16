import { join } from "node:path";
import { quoteText } from "../../sql/dialect.ts";
import { parquetOf } from "../database.ts";
import type { PlannedLoad } from "./plan-loads.ts";
import { readSql } from "./read-sql.ts";
import { baseSql, stagedWorkColumns } from "./relation-sql.ts";
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

/** What a load reads of a group whose files each belong to one load: its own files alone. */
const ownFiles = (staged: StagedGroup, load: PlannedLoad): StagedGroup => {
  const paths = new Set(load.lines.filter((line) => line.staged === staged).map(({ file }) => file));
  const group = { ...staged.group, files: staged.group.files.filter(({ path }) => paths.has(path)) };
  const from = readSql(group, group.files);
  return { ...staged, group, from, base: baseSql(group, from) };
};

/** Whether every file's rows go to one load, and the files can be read as they are. */
const isByFile = (staged: StagedGroup, loads: readonly PlannedLoad[]): boolean => {
  if (!staged.readAsIs) return false;
  const files = loads.map(
    ({ lines }) => new Set(lines.filter((line) => line.staged === staged).map(({ file }) => file)),
  );
  return files.reduce((sum, { size }) => sum + size, 0) === new Set(files.flatMap((own) => [...own])).size;
};

/**
 * A group whose rows go to several loads is mapped once, and each load takes its part: planning and mapping a wide bill
 * costs far more than reading it once more. Where the files are split as the loads are, each load maps its own.
 */
export const shareCharges = async (
  context: WriteContext,
  plan: readonly PlannedLoad[],
): Promise<readonly PlannedLoad[]> => {
  const shared = new Map<StagedGroup, StagedGroup>();
  const split = new Set<StagedGroup>();
  for (const staged of new Set(plan.flatMap(({ groups }) => groups))) {
    const loads = plan.filter(({ groups }) => groups.includes(staged));
    if (loads.length < 2 || staged.chargesFile !== undefined) continue;
    if (isByFile(staged, loads)) split.add(staged);
    else shared.set(staged, await writeShared(context, staged, shared.size));
  }
  return plan.map((load) => {
    const now = new Map(
      load.groups.map((staged) => [
        staged,
        split.has(staged) ? ownFiles(staged, load) : (shared.get(staged) ?? staged),
      ]),
    );
    const isEntire = (staged: StagedGroup) => load.entire.has(staged) || split.has(staged);
    const entire = [...now].filter(([staged]) => isEntire(staged)).map(([, own]) => own);
    return { ...load, groups: [...now.values()], entire: new Set(entire) };
  });
};
