import { link, mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { lakeErrors } from "./errors.ts";
import { MANIFEST_FOLDER, manifestPath, newId, syncFile } from "./layout.ts";
import type { LoadEntry, Manifest } from "./manifest.ts";
import { toWriteFailure } from "./write-failure.ts";

const MAX_ATTEMPTS = 50;

const fileShape = z.object({ path: z.string(), rows: z.number(), bytes: z.number() });
const sumsShape = z.record(z.string(), z.record(z.string(), z.string()));
const storedLoadShape = z.object({
  id: z.string(),
  source: z.string(),
  instance: z.string(),
  account: z.string(),
  detailRank: z.number(),
  billingPeriod: z.string(),
  loadedAt: z.string(),
  rows: z.number(),
  files: z.array(fileShape),
  rollups: z.array(fileShape.extend({ dimensions: z.array(z.string()), tag: z.string().optional() })),
  chargeStart: z.string(),
  chargeEnd: z.string(),
  usageEnd: z.string().optional(),
  sums: sumsShape,
  providers: z.array(z.string()),
  unknown: z.record(z.string(), z.string()),
  quarantined: z.object({ rows: z.number(), path: z.string().optional() }),
  counted: z.union([z.literal(true), z.object({ because: z.string(), load: z.string() })]),
  tagColumns: z.record(z.string(), z.string()),
});
/** Manifests of before usage ends were measured have only the charges'. */
const loadShape = storedLoadShape.transform((load) => ({
  ...load,
  usageEnd: load.usageEnd ?? load.chargeEnd,
}));
const manifestShape = z.object({
  schemaVersion: z.literal(1),
  version: z.number(),
  createdAt: z.string(),
  reason: z.string(),
  loads: z.array(loadShape),
  tagColumns: z.record(z.string(), z.string()),
});

/** What a commit makes of the loads that are live at the moment it succeeds. */
export interface ManifestChange {
  readonly reason: string;
  readonly loads: readonly LoadEntry[];
  readonly tagColumns: Readonly<Record<string, string>>;
}

export interface ManifestStore {
  /** Versions that can be read, oldest first; none for a new lake. @throws LAKE_UNREADABLE */
  versions(): Promise<readonly number[]>;
  /** @throws LAKE_VERSION_UNKNOWN, LAKE_MANIFEST_BROKEN */
  read(version: number): Promise<Manifest>;
  /** The newest manifest; version 0 without loads for a new lake. */
  current(): Promise<Manifest>;
  /**
   * Makes the next version from what is live. The exclusive creation of its file is the commit: whoever loses rebases
   * `change` on the winner's version and tries again.
   * @param drafts folder for the file until then, on the same file system; default: beside the manifests
   * @throws LAKE_BUSY, LAKE_NOT_WRITABLE, LAKE_DISK_FULL, LAKE_UNREADABLE, and what `change` throws
   */
  commit(
    change: (current: Manifest) => Promise<ManifestChange> | ManifestChange,
    drafts?: string,
  ): Promise<Manifest>;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "unknown";

export const openManifestStore = (root: string, clock: () => Date): ManifestStore => {
  const versions = async (): Promise<readonly number[]> => {
    const names = await readdir(join(root, MANIFEST_FOLDER)).catch((error: unknown) => {
      // Only a folder that is not there is a new lake: on any other failure, version 1 would be written once more.
      if (codeOf(error) === "ENOENT") return [];
      const reason = error instanceof Error ? error.message : String(error);
      throw lakeErrors.create("LAKE_UNREADABLE", { root, reason }, { cause: error });
    });
    return names
      .flatMap((name) => /^(\d{10})\.json$/.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  };

  const read = async (version: number): Promise<Manifest> => {
    const file = join(root, manifestPath(version));
    const content = await readFile(file, "utf8").catch(async (error: unknown) => {
      if (codeOf(error) !== "ENOENT") {
        const reason = error instanceof Error ? error.message : String(error);
        throw lakeErrors.create("LAKE_UNREADABLE", { root, reason }, { cause: error });
      }
      const known = await versions();
      throw lakeErrors.create(
        "LAKE_VERSION_UNKNOWN",
        { version, oldest: known[0] ?? 0, newest: known.at(-1) ?? 0 },
        { cause: error },
      );
    });
    try {
      return manifestShape.parse(JSON.parse(content)) as unknown as Manifest;
    } catch (error) {
      const reason = error instanceof Error ? error.message.slice(0, 200) : String(error);
      throw lakeErrors.create("LAKE_MANIFEST_BROKEN", { file, reason }, { cause: error });
    }
  };

  const current = async (): Promise<Manifest> => {
    const newest = (await versions()).at(-1);
    if (newest !== undefined) return read(newest);
    const createdAt = clock().toISOString() as Manifest["createdAt"];
    return { schemaVersion: 1, version: 0, createdAt, reason: "new", loads: [], tagColumns: {} };
  };

  /** True when this process made the version; false when another did first. */
  const create = async (manifest: Manifest, drafts: string | undefined): Promise<boolean> => {
    const folder = join(root, MANIFEST_FOLDER);
    await mkdir(folder, { recursive: true });
    const temporary = join(drafts ?? folder, `.${newId(clock())}.tmp`);
    const target = join(root, manifestPath(manifest.version));
    try {
      const handle = await open(temporary, "wx");
      try {
        await handle.writeFile(`${JSON.stringify(manifest, null, 1)}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await link(temporary, target);
    } catch (error) {
      if (codeOf(error) === "EEXIST") return false;
      throw error;
    } finally {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
    // From the link on, readers see the version. Were this failure an error, its loads would be taken back under them.
    await syncFile(target, root).catch(() => undefined);
    return true;
  };

  return {
    versions,
    read,
    current,
    commit: async (change, drafts) => {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const base = await current();
        const { reason, loads, tagColumns } = await change(base);
        const createdAt = clock().toISOString() as Manifest["createdAt"];
        const version = base.version + 1;
        const next: Manifest = { schemaVersion: 1, version, createdAt, reason, loads, tagColumns };
        const made = await create(next, drafts).catch((error: unknown) => {
          throw toWriteFailure(root, error);
        });
        if (made) return next;
      }
      throw lakeErrors.create("LAKE_BUSY", { attempts: MAX_ATTEMPTS });
    },
  };
};
