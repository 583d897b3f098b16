import {
  type ClientFailure,
  connectionReason,
  firstLine,
  isUnreachable,
  type ObjectClient,
} from "./object-client.ts";

const MAX_RETRIES = 6;
/** Files above it go in a resumable upload. */
const RESUMABLE_BYTES = 8 * 1024 * 1024;

const statusOf = (error: unknown): number | undefined => {
  const { code, status } = (error ?? {}) as { readonly code?: unknown; readonly status?: unknown };
  const found = [code, status].map(Number).find((value) => value >= 400 && value < 600);
  return found;
};

const failureOf = (error: unknown): ClientFailure => {
  const status = statusOf(error);
  const reason = firstLine(error);
  if (/default credentials|invalid_grant|invalid_client|invalid_rapt|unauthorized_client/i.test(reason))
    return { kind: "credentials", reason: reason.replace(/ *Browse to .*$/, "") };
  if (status === 401) return { kind: "credentials", reason };
  if (status === 403) return { kind: "denied", reason };
  // A missing object is no failure, so it is the bucket.
  if (status === 404) return { kind: "bucket", reason };
  if (status === 501) return { kind: "unsupported", reason };
  if (status === undefined && isUnreachable(error))
    return { kind: "unreachable", reason: connectionReason(error) };
  return { kind: "failed", reason: status === undefined ? reason : `${reason} (HTTP ${status})` };
};

/** A missing bucket is no missing object. */
const orAbsent = async <T>(found: Promise<T>): Promise<T | undefined> => {
  try {
    return await found;
  } catch (error) {
    if (statusOf(error) === 404 && !/bucket does not exist/i.test(firstLine(error))) return undefined;
    throw error;
  }
};

interface Metadata {
  readonly size?: string | number | undefined;
  readonly etag?: string | undefined;
  readonly updated?: string | undefined;
  readonly generation?: string | number | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

const infoOf = (key: string, { size = 0, etag, generation, updated }: Metadata) => ({
  key,
  bytes: Number(size),
  etag: etag ?? String(generation ?? ""),
  modifiedMs: updated === undefined ? 0 : Date.parse(updated),
});

/** Google Cloud Storage; `STORAGE_EMULATOR_HOST` names another server, as for Google's own libraries. */
export const openGcsClient = async (bucketName: string): Promise<ObjectClient> => {
  const { IdempotencyStrategy, Storage } = await import("@google-cloud/storage");
  // What is written has a name of its own or a condition, so that doing it twice is doing it once.
  const retryOptions = { maxRetries: MAX_RETRIES, idempotencyStrategy: IdempotencyStrategy.RetryAlways };
  const bucket = new Storage({ retryOptions }).bucket(bucketName);
  const metadataOf = async (key: string): Promise<Metadata | undefined> =>
    (await orAbsent(bucket.file(key).getMetadata()))?.[0];
  return {
    list: async (prefix) => {
      const [files] = await bucket.getFiles({ prefix });
      return files.map(({ name, metadata }) => infoOf(name, metadata));
    },
    head: async (key) => {
      const found = await metadataOf(key);
      return found === undefined ? undefined : infoOf(key, found);
    },
    open: async (key) => {
      const found = await metadataOf(key);
      if (found === undefined) return undefined;
      const { generation, metadata } = found;
      const file = bucket.file(key, generation === undefined ? {} : { generation });
      const sha256 = typeof metadata?.sha256 === "string" ? metadata.sha256 : undefined;
      const { bytes, etag } = infoOf(key, found);
      return { stream: file.createReadStream({ decompress: false }), bytes, etag, sha256 };
    },
    readRange: async (key, from, to) => {
      const [bytes] = await bucket.file(key).download({ start: from, end: to - 1, decompress: false });
      return bytes;
    },
    upload: async (key, file, sha256) => {
      const { stat } = await import("node:fs/promises");
      const resumable = (await stat(file)).size > RESUMABLE_BYTES;
      const metadata = { metadata: { sha256 } };
      await bucket.upload(file, { destination: key, resumable, validation: "crc32c", metadata });
    },
    writeText: async (key, text) => {
      await bucket.file(key).save(text, { resumable: false, validation: "crc32c" });
    },
    create: async (key, text) => {
      try {
        const preconditionOpts = { ifGenerationMatch: 0 };
        await bucket.file(key).save(text, { resumable: false, validation: "crc32c", preconditionOpts });
        return "made";
      } catch (error) {
        if (statusOf(error) === 412) return "exists";
        throw error;
      }
    },
    remove: async (key) => {
      await bucket.file(key).delete({ ignoreNotFound: true });
    },
    // The library does not hand on when an answer was given.
    serverTime: async () => undefined,
    failureOf,
    close: () => undefined,
  };
};
