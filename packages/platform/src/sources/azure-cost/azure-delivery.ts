import { basename, dirname, join } from "node:path";
import type { DeliveryChoice, DeliveryFile, SideFiles } from "../../lake/source-definition.ts";

/**
 * What Cost Management writes into `manifest.json` beside the files of an export run.
 * @see https://learn.microsoft.com/azure/cost-management-billing/costs/tutorial-improved-exports (read 2026-11-21)
 */
interface ExportManifest {
  readonly exportConfig: { readonly exportName: string; readonly resourceId: string; readonly type: string };
  readonly runInfo: { readonly submittedTime: string; readonly startDate: string; readonly endDate: string };
  readonly blobs: readonly { readonly blobName: string; readonly byteCount: number }[];
}

interface Run {
  readonly files: readonly DeliveryFile[];
  readonly manifest: ExportManifest | undefined;
  /** What of the run is not there, as a sentence; undefined when it is whole. */
  readonly missing: string | undefined;
}

const VARIANTS: Readonly<Record<string, string>> = {
  ActualCost: "actual",
  Usage: "actual",
  AmortizedCost: "amortized",
};

const isManifest = (value: unknown): value is ExportManifest => {
  if (typeof value !== "object" || value === null) return false;
  const { exportConfig, runInfo, blobs } = value as Record<string, unknown>;
  const texts = [
    [exportConfig, ["exportName", "type"]],
    [runInfo, ["submittedTime", "startDate", "endDate"]],
  ] as const;
  const hasTexts = texts.every(
    ([part, names]) =>
      typeof part === "object" &&
      part !== null &&
      names.every((name) => typeof (part as Record<string, unknown>)[name] === "string"),
  );
  return hasTexts && Array.isArray(blobs);
};

const readRun = async (folder: string, files: readonly DeliveryFile[], side: SideFiles): Promise<Run> => {
  const present = await side.list(folder);
  const path = present.find((file) => basename(file.path).toLowerCase() === "manifest.json")?.path;
  const content = path === undefined ? undefined : await side.readJson(path);
  if (!isManifest(content)) return { files, manifest: undefined, missing: undefined };
  const sizes = new Map(present.map((file) => [basename(file.path), file.sizeBytes]));
  const absent = content.blobs.find(({ blobName, byteCount }) => sizes.get(basename(blobName)) !== byteCount);
  const missing =
    absent === undefined
      ? undefined
      : `${basename(absent.blobName)} of this run is missing or not ${absent.byteCount} bytes long`;
  return { files, manifest: content, missing };
};

/** Runs of one export over one span of days replace each other. */
const seriesOf = ({ exportConfig, runInfo }: ExportManifest): string =>
  JSON.stringify([
    exportConfig.resourceId,
    exportConfig.exportName,
    exportConfig.type,
    runInfo.startDate.slice(0, 7),
  ]);

const pathsOf = (runs: readonly Run[]): readonly string[] =>
  runs.flatMap(({ files }) => files.map(({ path }) => path));

const chooseRun = (runs: readonly Run[]): DeliveryChoice => {
  const time = (run: Run) => run.manifest?.runInfo.submittedTime ?? "";
  const newestFirst = runs.toSorted((a, b) => (time(a) < time(b) ? 1 : -1));
  const chosen = newestFirst.find(({ missing }) => missing === undefined);
  const variant = VARIANTS[newestFirst[0]?.manifest?.exportConfig.type ?? ""];
  const superseded = newestFirst
    .filter((run) => run !== chosen)
    .flatMap((run) =>
      pathsOf([run]).map((path) => ({
        path,
        reason: run.missing ?? `the run of ${chosen === undefined ? "" : time(chosen)} is newer`,
      })),
    );
  return {
    files: chosen === undefined ? [] : pathsOf([chosen]),
    superseded,
    ...(variant === undefined ? {} : { variant }),
  };
};

/** The newest whole run of each export and month, by the manifests beside the files; files without one all count. */
export const chooseAzureDelivery = async (
  files: readonly DeliveryFile[],
  side: SideFiles,
): Promise<readonly DeliveryChoice[]> => {
  const runs: Run[] = [];
  for (const [folder, own] of Map.groupBy(files, ({ path }) => dirname(path)))
    runs.push(await readRun(join(folder), own, side));
  const bare = pathsOf(runs.filter(({ manifest }) => manifest === undefined));
  const series = Map.groupBy(
    runs.filter(({ manifest }) => manifest !== undefined),
    ({ manifest }) => (manifest === undefined ? "" : seriesOf(manifest)),
  );
  const chosen = [...series.values()].map(chooseRun);
  return bare.length === 0 ? chosen : [...chosen, { files: bare, superseded: [] }];
};
