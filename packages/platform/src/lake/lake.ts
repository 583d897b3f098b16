import { quoteIdent } from "../sql/dialect.ts";
import { CHARGE_COLUMNS, EXTRA_COLUMN } from "./charge-columns.ts";
import { type CompactReport, type CompactRequest, compactLoads } from "./compact/compact.ts";
import { openEmbeddedRewriter } from "./compact/embedded-rewriter.ts";
import { type Database, openDatabase, parquetOf, type RunOptions, type Statement } from "./database.ts";
import { type IngestRequest, ingestInto, type OnProgress } from "./ingest/ingest.ts";
import type { RecognisedFile } from "./ingest/input-group.ts";
import type { IngestReport } from "./ingest/report.ts";
import { type InputSum, surveyInputs } from "./ingest/survey-inputs.ts";
import type { LoadEntry, Manifest } from "./manifest.ts";
import { type ManifestStore, openManifestStore } from "./manifest-store.ts";
import type { ResultSet } from "./result-set.ts";
import { openStorage, type StorageOptions } from "./storage/open-storage.ts";
import { readingDatabase } from "./storage/reading-database.ts";
import type { LakeStorage } from "./storage/storage.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

export interface LakeOptions {
  /** Folder of the lake, made by the first load, or `s3://`, `gs://`, `az://` and `abfss://` URL of a prefix. */
  readonly root: string;
  readonly clock?: () => Date;
  readonly storage?: StorageOptions;
  readonly memoryLimitMb?: number;
  readonly spillLimitMb?: number;
  readonly threads?: number;
}

/** One version of the lake. Its files never change, so a reader that keeps it sees one consistent state. */
export interface Snapshot {
  readonly version: number;
  readonly manifest: Manifest;
}

export interface Lake {
  /** Folder or URL of the lake. */
  readonly root: string;
  readonly storage: LakeStorage;
  readonly database: Database;
  readonly store: ManifestStore;
  /** The newest version, or the given one. @throws LAKE_VERSION_UNKNOWN */
  snapshot(version?: number): Promise<Snapshot>;
  /** @throws LAKE_QUERY_FAILED, LAKE_OUT_OF_MEMORY, LAKE_CANCELLED */
  run(statement: Statement, options?: RunOptions): Promise<ResultSet>;
  /**
   * FROM-able SQL over exactly these loads' charge files: FOCUS columns, `x_extra`, promoted tags (null where absent); of one
   * file alone, where `numbered`, with each row's number in it.
   */
  scanCharges(loads: readonly LoadEntry[], options?: { readonly numbered?: boolean }): string;
  /** Replaces source instance × billing period by what the files hold; all loads of the request or none. */
  ingest(request: IngestRequest, onProgress?: OnProgress): Promise<IngestReport>;
  /** Writes loads again in better files, the same charges; all loads of the request or none. */
  compact(request: CompactRequest, onProgress?: OnProgress): Promise<CompactReport>;
  /** What files say, as sums per instance, period and currency; loads nothing. */
  survey(inputs: readonly RecognisedFile[], options?: RunOptions): Promise<readonly InputSum[]>;
  /** Interrupts and waits for what runs. */
  close(): Promise<void>;
}

/** A relation without rows, for a lake that holds nothing of what is asked. */
const emptyCharges = (): string => {
  const types = { text: "VARCHAR", decimal: "DECIMAL(38,12)", timestamp: "TIMESTAMP" } as const;
  const columns = CHARGE_COLUMNS.map(
    ({ name, type }) =>
      `CAST(NULL AS ${type in types ? types[type as keyof typeof types] : "MAP(VARCHAR, VARCHAR)"}) AS ${quoteIdent(name)}`,
  );
  return `(SELECT ${columns.join(", ")}, CAST(NULL AS VARCHAR) AS ${EXTRA_COLUMN} WHERE false)`;
};

/**
 * Opens a lake. Nothing is written before the first load.
 * @throws LAKE_URL_INVALID
 */
export const openLake = async (options: LakeOptions): Promise<Lake> => {
  const clock = options.clock ?? (() => new Date());
  const storage = await openStorage(options.root, clock, options.storage);
  const { memoryLimitMb, spillLimitMb, threads } = options;
  const engine = await openDatabase({
    ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }),
    ...(spillLimitMb === undefined ? {} : { spillLimitMb }),
    ...(threads === undefined ? {} : { threads }),
  });
  const database = readingDatabase(engine, storage);
  const store = openManifestStore(storage, clock);
  const none: OnProgress = () => undefined;
  return {
    root: storage.root,
    storage,
    database,
    store,
    snapshot: async (version) => {
      const manifest = version === undefined ? await store.current() : await store.read(version);
      return { version: manifest.version, manifest };
    },
    run: (statement, runOptions) => database.run(statement, runOptions),
    scanCharges: (loads, { numbered } = {}) => {
      if (loads.length === 0) return emptyCharges();
      const files = loads.flatMap((load) => load.files.map(({ path }) => storage.localPath(path)));
      const columns = new Set(loads.map((load) => JSON.stringify(load.tagColumns)));
      return parquetOf(files, { byName: columns.size > 1, numbered: numbered === true });
    },
    ingest: async (request, onProgress = none) => {
      await storage.prepare();
      return withTemporaryFolder(storage, clock(), (folder) =>
        database.session((run) =>
          ingestInto({ database, store, storage, clock, onProgress }, request, folder, run),
        ),
      );
    },
    compact: async (request, onProgress = none) => {
      // A lake that is not there is not made for it.
      if ((await store.versions()).length === 0) return { version: 0, compacted: [], replaced: [] };
      await storage.prepare();
      const { openRewriter = openEmbeddedRewriter } = request;
      return withTemporaryFolder(storage, clock(), (folder) =>
        database.session((run) =>
          compactLoads({ run, store, storage, clock, folder, onProgress, openRewriter }, request),
        ),
      );
    },
    survey: (inputs, { signal } = {}) =>
      withTemporaryFolder(storage, clock(), (folder) =>
        database.session((run) => surveyInputs(run, folder, inputs, signal)),
      ),
    close: async () => {
      await database.close();
      storage.close();
    },
  };
};
