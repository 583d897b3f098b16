import { dirname, join } from "node:path";
import { add, type Day, formatDecimal, type Instant, ZERO } from "@trimtab/domain";
import { loadFolder, newId } from "../layout.ts";
import type { CostColumn, LakeFile, LoadEntry, RollupFile } from "../manifest.ts";
import { recordPath } from "./coverage.ts";
import type { IngestContext } from "./ingest.ts";
import { DAY_TOTALS, type DayLine, makeDayTotals, measureCharges, sumsByCurrency } from "./measure-load.ts";
import type { PlannedLoad } from "./plan-loads.ts";
import type { DayRecord, LoadRecord } from "./report.ts";
import { rollupDimensions } from "./rollup.ts";
import type { StagedGroup } from "./stage.ts";
import { chargeFile, type WriteContext, writeCharges } from "./write-load.ts";
import { writeRollups } from "./write-rollups.ts";

/** A load whose files are in place under their final names but that no manifest names yet. */
export interface PreparedLoad {
  readonly entry: LoadEntry;
  readonly days: readonly DayRecord[];
  readonly planned: PlannedLoad;
}

const toInstant = (text: string): Instant => `${text.replace(" ", "T").replace(/Z$/, "")}Z` as Instant;

const byDay = (lines: readonly DayLine[]): readonly DayRecord[] =>
  [...Map.groupBy(lines, ({ day, currency }) => `${day} ${currency}`).values()].map((own) => {
    const [{ day, currency }] = own as [DayLine];
    const sum = (name: CostColumn) =>
      formatDecimal(own.reduce((total, { sums }) => add(total, sums[name]), ZERO));
    const rows = own.reduce((total, line) => total + line.rows, 0);
    return { day, currency, rows, billed: sum("BilledCost"), effective: sum("EffectiveCost") };
  });

const extreme = (values: readonly string[], pick: 1 | -1): string =>
  values.reduce((best, value) => ((value > best ? 1 : -1) === pick ? value : best), values[0] ?? "");

const spanOf = (lines: readonly DayLine[]): Pick<LoadEntry, "chargeStart" | "chargeEnd" | "usageEnd"> => {
  const ends = lines.map(({ lastEnd }) => lastEnd);
  const shortEnds = lines.flatMap(({ lastShortEnd }) => lastShortEnd ?? []);
  return {
    chargeStart: toInstant(
      extreme(
        lines.map(({ firstStart }) => firstStart),
        -1,
      ),
    ),
    chargeEnd: toInstant(extreme(ends, 1)),
    usageEnd: toInstant(extreme(shortEnds.length === 0 ? ends : shortEnds, 1)),
  };
};

const unknownOf = (groups: readonly StagedGroup[], days: readonly DayLine[]): LoadEntry["unknown"] => {
  const declared = groups.flatMap(({ group }) => group.mapping.unknown ?? []);
  return Object.fromEntries(
    declared
      .filter(({ column }) => days.every(({ rows, nulls }) => nulls[column] === rows))
      .map(({ column, reason }) => [column, reason]),
  );
};

/** What is written of a load, as the manifest will name it. */
interface WrittenLoad {
  readonly id: string;
  readonly planned: PlannedLoad;
  readonly lines: readonly DayLine[];
  readonly files: readonly LakeFile[];
  readonly rollups: readonly RollupFile[];
  readonly tagColumns: ReadonlyMap<string, string>;
  readonly now: Date;
}

export const preparedOf = ({
  id,
  planned,
  lines,
  files,
  rollups,
  tagColumns,
  now,
}: WrittenLoad): PreparedLoad => {
  const [first] = planned.groups;
  const entry: LoadEntry = {
    id,
    source: planned.source,
    instance: planned.instance,
    account: planned.account,
    detailRank: first?.group.mapping.detailRank ?? first?.group.source.detailRank ?? 0,
    billingPeriod: planned.billingPeriod as Day,
    loadedAt: now.toISOString() as Instant,
    rows: lines.reduce((sum, line) => sum + line.rows, 0),
    files,
    rollups,
    rollupsWeighed: true,
    ...spanOf(lines),
    sums: sumsByCurrency(lines),
    providers: [...new Set(lines.map(({ provider }) => provider))].sort(),
    unknown: unknownOf(planned.groups, lines),
    quarantined: { rows: 0 },
    counted: true,
    tagColumns: Object.fromEntries(tagColumns),
  };
  return { entry, days: byDay(lines), planned };
};

/** Writes a load's files under their final names. */
export const prepareLoad = async (
  context: IngestContext,
  stage: WriteContext,
  planned: PlannedLoad,
): Promise<PreparedLoad> => {
  const { storage, clock, place } = context;
  const id = newId(clock());
  const folder = loadFolder("charges", planned, id);
  const dailyFolder = loadFolder("charges_daily", planned, id);
  const staged = join(stage.folder, id, "part-0.parquet");
  const bytes = await writeCharges(stage, planned, staged);
  await makeDayTotals(stage.run, [staged], rollupDimensions(stage.tagColumns));
  const lines = await measureCharges(stage.run);
  const rows = lines.reduce((sum, line) => sum + line.rows, 0);
  const path = chargeFile(folder);
  await place(folder);
  await place(dailyFolder);
  await storage.put(path, staged);
  const rollups = await writeRollups(
    stage.run,
    { rows, tags: stage.tagColumns },
    { storage, folder: dailyFolder, drafts: dirname(staged) },
  );
  await stage.run({ text: `DROP TABLE ${DAY_TOTALS}` });
  const { tagColumns } = stage;
  const files = [{ path, rows, bytes }];
  return preparedOf({ id, planned, lines, files, rollups, tagColumns, now: clock() });
};

/** Keeps beside every load what was read for it. */
export const writeRecords = async (
  context: IngestContext,
  prepared: readonly PreparedLoad[],
  common: Pick<LoadRecord, "inputs" | "equations" | "fates" | "superseded" | "notes">,
): Promise<void> => {
  for (const { entry, days, planned } of prepared) {
    const own = new Set(planned.lines.map((line) => line.file));
    const inputs = common.inputs.filter(({ path }) => own.has(path));
    const record: LoadRecord = { entry, days, ...common, inputs };
    await context.storage.putText(recordPath(entry), `${JSON.stringify(record, null, 1)}\n`);
  }
};
