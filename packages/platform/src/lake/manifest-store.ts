import { z } from "zod";
import { lakeErrors } from "./errors.ts";
import { MANIFEST_FOLDER, manifestPath } from "./layout.ts";
import type { LoadEntry, Manifest } from "./manifest.ts";
import type { LakeStorage } from "./storage/storage.ts";
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
  rollupsWeighed: z.literal(true).optional(),
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
   * @param drafts local folder of the writer; for a lake in a folder on the same file system, default: beside the manifests
   * @throws LAKE_BUSY, LAKE_COMMIT_UNCERTAIN, LAKE_NOT_WRITABLE, LAKE_DISK_FULL, LAKE_UNREADABLE, and what `change` throws
   */
  commit(
    change: (current: Manifest) => Promise<ManifestChange> | ManifestChange,
    drafts?: string,
  ): Promise<Manifest>;
}

export const openManifestStore = (storage: LakeStorage, clock: () => Date): ManifestStore => {
  const versions = async (): Promise<readonly number[]> =>
    (await storage.files(MANIFEST_FOLDER))
      .flatMap((path) => /\/(\d{10})\.json$/.exec(path)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);

  const read = async (version: number): Promise<Manifest> => {
    const content = await storage.readText(manifestPath(version));
    if (content === undefined) {
      const known = await versions();
      throw lakeErrors.create("LAKE_VERSION_UNKNOWN", {
        version,
        oldest: known[0] ?? 0,
        newest: known.at(-1) ?? 0,
      });
    }
    try {
      return manifestShape.parse(JSON.parse(content)) as unknown as Manifest;
    } catch (error) {
      const reason = error instanceof Error ? error.message.slice(0, 200) : String(error);
      const file = `${storage.root}/${manifestPath(version)}`;
      throw lakeErrors.create("LAKE_MANIFEST_BROKEN", { file, reason }, { cause: error });
    }
  };

  const current = async (): Promise<Manifest> => {
    const newest = (await versions()).at(-1);
    if (newest !== undefined) return read(newest);
    const createdAt = clock().toISOString() as Manifest["createdAt"];
    return { schemaVersion: 1, version: 0, createdAt, reason: "new", loads: [], tagColumns: {} };
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
        const text = `${JSON.stringify(next, null, 1)}\n`;
        const made = await storage.create(manifestPath(version), text, drafts).catch((error: unknown) => {
          throw toWriteFailure(storage.root, error);
        });
        if (made) return next;
      }
      throw lakeErrors.create("LAKE_BUSY", { attempts: MAX_ATTEMPTS });
    },
  };
};
