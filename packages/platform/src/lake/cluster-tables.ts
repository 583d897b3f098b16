import { dirname } from "node:path/posix";
import { quoteText } from "../sql/dialect.ts";
import type { SqlType } from "../sql/expr.ts";
import { CHARGE_COLUMNS, EXTRA_COLUMN } from "./charge-columns.ts";
import { DAY, ROLLUP_MEASURES } from "./ingest/measure-load.ts";
import type { LakeFile, LoadEntry, Manifest } from "./manifest.ts";

/**
 * How engines that know Hive's folders see the lake: a table over all loads' folders, old and new, of charges and of their
 * daily rollups, and a view over exactly the loads of one version.
 */
export interface ClusterTable {
  readonly name: string;
  /** Folder below the lake's root. */
  readonly folder: "charges" | "charges_daily";
}

export const CHARGES_TABLE: ClusterTable = { name: "charges_all_loads", folder: "charges" };
export const DAILY_TABLE: ClusterTable = { name: "charges_daily_all_loads", folder: "charges_daily" };
export const CHARGES_VIEW = "charges";

/** Folders of a load below a table's, from the outside in. */
export const PARTITION_KEYS = ["source", "dataset", "billing_period", "load"] as const;

export interface ClusterColumn {
  readonly name: string;
  readonly type: SqlType;
}

const tagColumns = (manifest: Pick<Manifest, "tagColumns">): readonly ClusterColumn[] =>
  Object.values(manifest.tagColumns).map((name) => ({ name, type: "text" }));

export const chargeColumns = (manifest: Pick<Manifest, "tagColumns">): readonly ClusterColumn[] => [
  ...CHARGE_COLUMNS,
  { name: EXTRA_COLUMN, type: "text" },
  ...tagColumns(manifest),
];

/** Every column that some rollup may have; a file without it gives null. */
const dailyColumns = (manifest: Pick<Manifest, "tagColumns">): readonly ClusterColumn[] => [
  { name: DAY, type: "date" },
  ...CHARGE_COLUMNS.filter(({ type }) => type === "text" || type === "timestamp"),
  ...ROLLUP_MEASURES.map(
    ({ name }): ClusterColumn => ({ name, type: /_nulls$|_rows$/.test(name) ? "bigint" : "decimal" }),
  ),
  ...tagColumns(manifest),
];

export const tableColumns = (
  { folder }: ClusterTable,
  manifest: Pick<Manifest, "tagColumns">,
): readonly ClusterColumn[] => (folder === "charges" ? chargeColumns(manifest) : dailyColumns(manifest));

/** Loads that are in totals: queries read no others. */
export const counted = ({ loads }: Manifest): readonly LoadEntry[] =>
  loads.filter((load) => load.counted === true);

/** Files of a load in a table. */
export const tableFiles = ({ folder }: ClusterTable, load: LoadEntry): readonly LakeFile[] =>
  folder === "charges" ? load.files : load.rollups;

/** Counted loads that have files in a table. */
export const tableLoads = (table: ClusterTable, manifest: Manifest): readonly LoadEntry[] =>
  counted(manifest).filter((load) => tableFiles(table, load).length > 0);

/** The Hive keys of a load's folder, in order. */
export const partitionOf = (load: LoadEntry): readonly (readonly [string, string])[] =>
  (load.files[0]?.path ?? "").split("/").flatMap((part) => {
    const [key, ...value] = part.split("=");
    return key !== undefined && value.length > 0 ? [[key, value.join("=")] as const] : [];
  });

/** Folder of a load in a table, relative to the lake's root. */
export const loadFolderIn = (folder: ClusterTable["folder"], load: LoadEntry): string =>
  [
    folder,
    ...dirname(load.files[0]?.path ?? "")
      .split("/")
      .slice(1),
  ].join("/");

/** The ids of a version's loads as SQL texts between commas. */
export const loadList = (manifest: Manifest): string =>
  counted(manifest)
    .map(({ id }) => quoteText(id))
    .join(", ") || "''";
