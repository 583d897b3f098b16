/** A server that stands in for a cloud's object storage, on loopback, for tests. */
export interface ObjectServer {
  readonly id: "s3" | "az" | "gs";
  readonly title: string;
  /** Test files that run over it; absent: all. */
  readonly files?: readonly string[];
  /** Installs what is missing and starts it; says why where it can't. */
  start(): Promise<RunningServer | { readonly skipped: string }>;
}

export interface RunningServer {
  /** What tests need to reach it: endpoint, credentials, TRIMTAB_TEST_BUCKET. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** What tells one cloud's client from another's; all else runs over one of them. */
export const CLOUD_FILES: readonly string[] = [
  "cli/commands/bucket.objects",
  "lake/manifest-store",
  "lake/expire",
  "lake/ingest/quarantine",
  "lake/input/object-stand-ins",
];
