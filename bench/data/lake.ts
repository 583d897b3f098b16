import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type ChildFigures, runStep } from "../child.ts";
import { DATA_FOLDER, estateParquet } from "./generate.ts";

/** Every size has the same months, so that sizes differ in rows alone. Each has at least the 720 hours of a resource. */
export const MONTHS = ["2026-05", "2026-06", "2026-07", "2026-08", "2026-09"] as const;

const rootOf = (rows: number): string => join(DATA_FOLDER, `lake-${rows}`);

/** Ingests a bill of about that many rows anew, and tells what it took. The lake stays for later runs. */
export const buildLake = async (
  rows: number,
): Promise<{ readonly root: string; readonly figures: ChildFigures }> => {
  const files: string[] = [];
  for (const month of MONTHS) files.push(await estateParquet(Math.ceil(rows / MONTHS.length), month));
  const root = rootOf(rows);
  const draft = `${root}.draft`;
  const figures = await runStep("ingest", draft, ...files);
  rmSync(root, { recursive: true, force: true });
  renameSync(draft, root);
  return { root, figures };
};

/** Folder of a lake of about that many rows, from an earlier run where there is one. */
export const keptLake = async (rows: number): Promise<string> =>
  existsSync(rootOf(rows)) ? rootOf(rows) : (await buildLake(rows)).root;
