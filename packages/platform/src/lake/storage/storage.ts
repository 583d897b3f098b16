import type { StoreExamination } from "./examine-store.ts";

/** A folder of the lake, or a file that some writer left; measured only where that matters. */
export interface StoredFolder {
  /** Relative to the lake's root. */
  readonly path: string;
  /** Size of all below it, and when something in it last changed. */
  measure(): Promise<{ readonly bytes: number; readonly newestMs: number }>;
}

/**
 * Where the files of a lake are: a folder, or a prefix of a bucket. All paths are relative to the root, with slashes.
 * What is put is never changed afterwards, and whoever sees a file sees it whole.
 * @throws LAKE_UNREADABLE, LAKE_NOT_WRITABLE, LAKE_DISK_FULL for a folder; LAKE_BUCKET_MISSING, LAKE_ACCESS_DENIED,
 *   LAKE_CREDENTIALS, LAKE_STORE_UNREACHABLE, LAKE_STORE_FAILED for a bucket
 */
export interface LakeStorage {
  readonly kind: "folder" | "s3" | "gs" | "az";
  /** Absolute path of the folder, or URL of the prefix; no slash at the end. */
  readonly root: string;
  /** Local folder below which loads work, until their files are put. */
  readonly scratch: string;
  /** For so long after a writer died, a write of it may still arrive. */
  readonly lateWritesMs: number;
  /** Where the embedded engine reads a file. */
  localPath(path: string): string;
  /**
   * Fetches files and keeps them at their local paths until the answer is called; absent where they are in place.
   * @throws LAKE_OBJECT_MISSING, LAKE_OBJECT_DAMAGED, LAKE_CACHE_UNUSABLE
   */
  hold?(paths: readonly string[]): Promise<() => void>;
  /** All files below a folder, in order; none where it is not there. */
  files(folder: string): Promise<readonly string[]>;
  /** Content of a small file; undefined where it is not there. */
  readText(path: string): Promise<string | undefined>;
  /** Bytes of those files that are there. */
  sizes(paths: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** The folders of loads in every table. */
  loadFolders(): Promise<readonly StoredFolder[]>;
  /** What writers keep while they work, and leave when they die. */
  leftOvers(): Promise<readonly StoredFolder[]>;
  /** Makes sure that loads can be written and committed here. @throws LAKE_CONDITION_IGNORED */
  prepare(): Promise<void>;
  /** Moves a local file into place; it survives a power cut from then on. */
  put(path: string, localFile: string): Promise<void>;
  putText(path: string, text: string): Promise<void>;
  /**
   * Makes a file unless it is there: of all who try, exactly one is told true.
   * @param drafts local folder of the writer for what this needs on the way
   * @throws LAKE_COMMIT_UNCERTAIN where nobody can tell whether it was made
   */
  create(path: string, text: string, drafts?: string): Promise<boolean>;
  /** Removes a file, or all below a folder; quiet where it is not there. */
  remove(path: string): Promise<void>;
  /** Before an audit: whatever is kept of these files in other places is compared with them, and dropped where it differs. */
  revalidate(paths: readonly string[]): Promise<void>;
  /** Lets go of what writers began and never finished. */
  dropUnfinished(before: Date): Promise<void>;
  /** Tries all that a lake needs of its store, with an object that is gone afterwards; absent for a folder. */
  examine?(): Promise<StoreExamination>;
  close(): void;
}
