import { basename, dirname, join } from "node:path";
import { z } from "zod";
import type { DeliveryChoice, DeliveryFile, SideFiles } from "../../lake/source-definition.ts";

/**
 * The manifest beside a delivery. Legacy reports name an assembly and its `reportKeys`, Data Exports an execution and its
 * `dataFiles`; the same report of one period is delivered again and again.
 * @see https://docs.aws.amazon.com/cur/latest/userguide/view-cur.html#access-cur-manifest and
 *   https://docs.aws.amazon.com/cur/latest/userguide/dataexports-export-delivery.html (read 2026-11-21)
 */
const manifestSchema = z.object({
  reportName: z.string().optional(),
  exportArn: z.string().optional(),
  assemblyId: z.string().optional(),
  executionId: z.string().optional(),
  reportKeys: z.array(z.string()).optional(),
  dataFiles: z.array(z.string()).optional(),
  billingPeriod: z.object({ start: z.string() }).optional(),
});

interface Delivery {
  readonly manifest: string;
  /** Report or export, and billing period: of these one delivery is read. */
  readonly subject: string;
  readonly exportName: string;
  readonly id: string;
  /** The manifest of a period's folder speaks for its newest delivery, one in an assembly's folder for that one. */
  readonly isCurrent: boolean;
  readonly keys: readonly string[];
}

const isManifest = (path: string): boolean => /manifest\.json$/i.test(basename(path));
const up = (path: string, levels: number): string => (levels === 0 ? path : up(dirname(path), levels - 1));

/** Where the manifest of a data file may lie: beside it, one or two folders up, or in `metadata/` beside `data/`. */
const manifestFolders = (file: string): readonly string[] => {
  const near = [0, 1, 2].map((levels) => up(dirname(file), levels));
  const metadata = near.filter((folder) => /(^|\/)data\//.test(`${folder}/`)).map(besideData);
  return [...near, ...metadata];
};

const besideData = (folder: string): string => {
  const at = `${folder}/`.lastIndexOf("/data/");
  return join(folder.slice(0, at), "metadata", folder.slice(at + "/data/".length));
};

const findManifests = async (files: readonly DeliveryFile[], side: SideFiles): Promise<readonly string[]> => {
  const folders = new Set(files.flatMap(({ path }) => manifestFolders(path)));
  const listed = await Promise.all([...folders].map((folder) => side.list(folder).catch(() => [])));
  return [...new Set(listed.flat().map(({ path }) => path))].filter(isManifest).sort();
};

/** The billing period as a folder writes it: `20180801-20180901` or `BILLING_PERIOD=2024-01`. */
const periodOf = (path: string): string | undefined => {
  const partition = /BILLING_PERIOD=(\d{4})-(\d{2})/i.exec(path);
  if (partition !== null) return `${partition[1]}${partition[2]}`;
  return /(^|\/)(\d{6})\d{2}-\d{8}(\/|$)/.exec(path)?.[2];
};

const readDelivery = async (path: string, side: SideFiles): Promise<Delivery | undefined> => {
  const parsed = manifestSchema.safeParse(await side.readJson(path));
  if (!parsed.success) return undefined;
  const { reportName, exportArn, assemblyId, executionId, billingPeriod } = parsed.data;
  const keys = parsed.data.reportKeys ?? parsed.data.dataFiles;
  if (keys === undefined) return undefined;
  const named = /export\/([^/]+?)(-[0-9a-f]{8}-[0-9a-f-]{27})?$/.exec(exportArn ?? "")?.[1];
  const exportName = reportName ?? named ?? basename(path).replace(/-?manifest\.json$/i, "");
  const period = billingPeriod?.start.replaceAll("-", "").slice(0, 6) ?? periodOf(path) ?? "";
  const id = assemblyId ?? executionId ?? "";
  // A manifest in an assembly's own folder stays there when the next delivery comes.
  const isCurrent = !basename(dirname(path)).includes(id === "" ? "\u0000" : id);
  return { manifest: path, subject: `${exportName}|${period}`, exportName, id, isCurrent, keys };
};

const tail = (path: string, segments: number): string =>
  path.split("/").filter(Boolean).slice(-segments).join("/");

/** The file that a key of the bucket names: by its last folder and name, or by name alone beside the manifest. */
const fileOf = (key: string, delivery: Delivery, files: readonly DeliveryFile[]): string | undefined => {
  const full = files.find(({ path }) => tail(path, 2) === tail(key, 2));
  const beside = join(dirname(delivery.manifest), basename(key));
  return full?.path ?? files.find(({ path }) => path === beside)?.path;
};

/** Newest first: what a period's manifest names, then by the id, which begins with a time in newer reports. */
const newestFirst = (a: Delivery, b: Delivery): number =>
  Number(b.isCurrent) - Number(a.isCurrent) || sortKey(b).localeCompare(sortKey(a));

const sortKey = ({ id, keys }: Delivery): string => (/^\d{8}T/.test(id) ? id : (keys[0] ?? id));

const sameFiles = (a: Delivery, b: Delivery): boolean =>
  [...a.keys].sort().join("\n") === [...b.keys].sort().join("\n");

interface Chosen {
  readonly files: readonly string[];
  readonly superseded: { path: string; reason: string }[];
}

/** The newest delivery of a subject that is there whole; what the others have besides is superseded. */
const chooseNewest = (deliveries: readonly Delivery[], files: readonly DeliveryFile[]): Chosen => {
  const sorted = [...deliveries].sort(newestFirst);
  const distinct = sorted.filter(
    (one, index) => sorted.findIndex((other) => sameFiles(one, other)) === index,
  );
  const found = distinct.map((delivery) => ({
    delivery,
    paths: delivery.keys.map((key) => fileOf(key, delivery, files)),
  }));
  const best = found.find(({ paths }) => paths.length > 0 && paths.every((path) => path !== undefined));
  const chosen = new Set(best?.paths.filter((path) => path !== undefined));
  const superseded: { path: string; reason: string }[] = [];
  for (const { delivery, paths } of found) {
    const present = paths.filter((path) => path !== undefined);
    const isWhole = present.length === paths.length;
    const reason = isWhole
      ? `delivery ${delivery.id} of ${delivery.exportName} is older than ${best?.delivery.id}`
      : `delivery ${delivery.id} of ${delivery.exportName} is incomplete: ${present.length} of ${paths.length} files`;
    for (const path of present) if (!chosen.has(path)) superseded.push({ path, reason });
  }
  return { files: [...chosen], superseded };
};

/**
 * One choice per report or export: the newest complete delivery of each billing period. Files that no manifest near
 * them speaks of are a choice of their own; files beside a manifest that doesn't name them are left-overs.
 */
export const chooseCurDelivery = async (
  files: readonly DeliveryFile[],
  side: SideFiles,
): Promise<readonly DeliveryChoice[]> => {
  const manifests = await findManifests(files, side);
  const read = await Promise.all(manifests.map((path) => readDelivery(path, side)));
  const deliveries = read.filter((delivery) => delivery !== undefined);
  const choices = new Map<string, { files: string[]; superseded: { path: string; reason: string }[] }>();
  const spoken = new Set<string>();
  for (const group of Map.groupBy(deliveries, ({ subject }) => subject).values()) {
    const [first] = group;
    if (first === undefined) continue;
    const chosen = chooseNewest(group, files);
    const choice = choices.get(first.exportName) ?? { files: [], superseded: [] };
    choice.files.push(...chosen.files);
    choice.superseded.push(...chosen.superseded);
    choices.set(first.exportName, choice);
    for (const path of [...chosen.files, ...chosen.superseded.map((file) => file.path)]) spoken.add(path);
  }
  const unspoken = files.filter(({ path }) => !spoken.has(path));
  for (const { path } of unspoken) leaveOver(path, deliveries, choices);
  const free = unspoken.filter(({ path }) => ownerOf(path, deliveries) === undefined).map(({ path }) => path);
  const named = [...choices].map(([exportName, choice]) => ({ ...choice, exportName }));
  return free.length === 0 ? named : [...named, { files: free, superseded: [] }];
};

const ownerOf = (path: string, deliveries: readonly Delivery[]): Delivery | undefined =>
  deliveries.find(({ manifest }) => {
    const folder = dirname(manifest);
    return (
      manifestFolders(path).slice(0, 2).includes(folder) || manifestFolders(path).slice(3).includes(folder)
    );
  });

const leaveOver = (
  path: string,
  deliveries: readonly Delivery[],
  choices: ReadonlyMap<string, { superseded: { path: string; reason: string }[] }>,
): void => {
  const owner = ownerOf(path, deliveries);
  if (owner === undefined) return;
  const reason = `${basename(owner.manifest)} of ${owner.exportName} does not name it`;
  choices.get(owner.exportName)?.superseded.push({ path, reason });
};
