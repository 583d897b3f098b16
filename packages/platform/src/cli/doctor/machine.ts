import { access, constants, link, mkdtemp, rm, stat, statfs, writeFile } from "node:fs/promises";
import { availableParallelism, freemem, tmpdir, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { isUrl } from "../../lake/storage/location.ts";
import { bytesText, type DoctorSurroundings, type Finding } from "./finding.ts";

const OLDEST_NODE_MAJOR = 24;
const GIB = 1024 ** 3;
/** The engine takes up to 1.2 GiB and a load up to 2 GiB in all. */
const COMFORTABLE_MEMORY_BYTES = 3 * GIB;
const LEAST_MEMORY_BYTES = 1.5 * GIB;
const COMFORTABLE_DISK_BYTES = 5 * GIB;
const LEAST_DISK_BYTES = 0.5 * GIB;

export async function checkMachine({
  lakeRoot,
  openStorage,
}: DoctorSurroundings): Promise<readonly Finding[]> {
  const isFolder = !isUrl(lakeRoot);
  const folder = isFolder ? lakeRoot : await scratchOf(openStorage);
  return [
    nodeFinding(process.versions.node, process.execPath),
    memoryFinding(usableMemoryBytes(), freemem()),
    { area: "machine", name: "Processors", status: "ok", detail: `${availableParallelism()} for the engine` },
    isFolder
      ? await diskFinding("Disk of the lake", lakeRoot, "with --lake DIR or TRIMTAB_LAKE")
      : await diskFinding("Disk of the cache", folder, "with TRIMTAB_CACHE"),
    await diskFinding("Disk for spilling", tmpdir(), "with TMPDIR"),
    ...(isFolder ? await lakeFolderFindings(lakeRoot) : [await hardLinkFinding(await nearestFolder(folder))]),
  ];
}

/** Where loads into a bucket work, beside the cache. */
async function scratchOf(openStorage: DoctorSurroundings["openStorage"]): Promise<string> {
  const storage = await openStorage();
  storage.close();
  return storage.scratch;
}

export function nodeFinding(version: string, executable: string): Finding {
  const finding = { area: "machine", name: "Node", detail: `${version} (${executable})` } as const;
  if (Number(version.split(".")[0]) >= OLDEST_NODE_MAJOR) return { ...finding, status: "ok" };
  return { ...finding, status: "broken", mend: `Install Node ${OLDEST_NODE_MAJOR} or newer.` };
}

export function memoryFinding(totalBytes: number, freeBytes: number): Finding {
  const finding = {
    area: "machine",
    name: "Memory",
    detail: `${bytesText(totalBytes)}, ${bytesText(Math.min(freeBytes, totalBytes))} of it free now`,
  } as const;
  if (totalBytes >= COMFORTABLE_MEMORY_BYTES) return { ...finding, status: "ok" };
  const mend = "Set TRIMTAB_MEMORY_MB to half of the memory, or use a machine with 3 GiB or more.";
  return { ...finding, status: totalBytes >= LEAST_MEMORY_BYTES ? "warn" : "broken", mend };
}

/** What a container allows may be less than what the machine has. */
function usableMemoryBytes(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}

async function diskFinding(name: string, folder: string, choice: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(await nearestFolder(folder));
  const freeBytes = bavail * bsize;
  const finding = { area: "machine", name, detail: `${bytesText(freeBytes)} free at ${folder}` } as const;
  if (freeBytes >= COMFORTABLE_DISK_BYTES) return { ...finding, status: "ok" };
  const mend = `Free disk space, or choose another place ${choice}.`;
  return { ...finding, status: freeBytes >= LEAST_DISK_BYTES ? "warn" : "broken", mend };
}

/** A lake needs a folder that can be written and a file system with hard links, by which a load becomes visible. */
async function lakeFolderFindings(lakeRoot: string): Promise<readonly Finding[]> {
  const folder = await nearestFolder(lakeRoot);
  const area = "machine";
  const name = "Folder of the lake";
  const mend = "Give yourself write access to it, or choose another place with --lake DIR.";
  try {
    await access(folder, constants.W_OK);
  } catch {
    return [{ area, name, status: "broken", detail: `${folder} can't be written`, mend }];
  }
  const writable: Finding = { area, name, status: "ok", detail: `${lakeRoot} can be written` };
  if (folder !== lakeRoot) {
    return [{ ...writable, detail: `${lakeRoot} will be made by the first ingest` }];
  }
  return [writable, await hardLinkFinding(folder)];
}

async function hardLinkFinding(folder: string): Promise<Finding> {
  const finding = { area: "machine", name: "Hard links" } as const;
  const scratch = await mkdtemp(join(folder, ".doctor-"));
  try {
    await writeFile(join(scratch, "one"), "");
    await link(join(scratch, "one"), join(scratch, "two"));
    return { ...finding, status: "ok", detail: "the file system has them" };
  } catch (error) {
    return {
      ...finding,
      status: "broken",
      detail: `the file system refuses them: ${error instanceof Error ? error.message : String(error)}`,
      mend: "Put it on a local disk (ext4, xfs, APFS, NTFS): the lake with --lake DIR, the cache with TRIMTAB_CACHE.",
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The folder itself, or the closest one above it that exists. */
async function nearestFolder(folder: string): Promise<string> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const parent = dirname(folder);
  return isFolder || parent === folder ? folder : await nearestFolder(parent);
}
