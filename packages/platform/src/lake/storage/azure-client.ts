import type { Readable } from "node:stream";
import type { BlobServiceClient } from "@azure/storage-blob";
import { lakeErrors } from "../errors.ts";
import type { ObjectLocation } from "./location.ts";
import {
  type ClientFailure,
  connectionReason,
  firstLine,
  isUnreachable,
  type ObjectClient,
} from "./object-client.ts";
import type { StorageOptions } from "./open-storage.ts";

const MAX_TRIES = 6;
/** Files above it go in blocks of this size, four at a time. */
const BLOCK_BYTES = 16 * 1024 * 1024;

const BUCKET =
  /^(ContainerNotFound|ContainerBeingDeleted|ContainerDisabled|AccountIsDisabled|InvalidResourceName)$/;
const CREDENTIALS =
  /^(AuthenticationFailed|InvalidAuthenticationInfo|ExpiredAuthenticationToken|NoAuthenticationInformation)$/;
/** Of `@azure/identity`; their messages list every way that was tried. */
const IDENTITY =
  /^(CredentialUnavailableError|AggregateAuthenticationError|AuthenticationError|AuthenticationRequiredError)$/;

interface Refusal {
  readonly name: string;
  readonly code: string;
  readonly status: number | undefined;
}

const refusalOf = (error: unknown): Refusal => {
  const {
    name = "",
    code,
    statusCode,
  } = (error ?? {}) as {
    readonly name?: string;
    readonly code?: unknown;
    readonly statusCode?: number;
  };
  return { name, code: typeof code === "string" ? code : "", status: statusCode };
};

const failureOf = (error: unknown): ClientFailure => {
  const { name, code, status } = refusalOf(error);
  if (IDENTITY.test(name)) return { kind: "credentials", reason: "no way to sign in worked" };
  const reason = code === "" ? firstLine(error) : `${code}: ${firstLine(error)}`;
  if (BUCKET.test(code)) return { kind: "bucket", reason };
  if (CREDENTIALS.test(code) || status === 401) return { kind: "credentials", reason };
  if (status === 403) return { kind: "denied", reason };
  if (status === 501) return { kind: "unsupported", reason };
  if (status === undefined && isUnreachable(error))
    return { kind: "unreachable", reason: connectionReason(error) };
  return { kind: "failed", reason: status === undefined ? reason : `${reason} (HTTP ${status})` };
};

/** A missing container is no missing blob. */
const orAbsent = async <T>(found: Promise<T>): Promise<T | undefined> => {
  try {
    return await found;
  } catch (error) {
    const { status, code } = refusalOf(error);
    if (status === 404 && !BUCKET.test(code)) return undefined;
    throw error;
  }
};

/** @throws LAKE_URL_INVALID where nothing names the storage account */
const openService = async (
  { root, account, host }: ObjectLocation,
  env: NonNullable<StorageOptions["env"]>,
): Promise<BlobServiceClient> => {
  const { BlobServiceClient } = await import("@azure/storage-blob");
  const options = { retryOptions: { maxTries: MAX_TRIES, retryDelayInMs: 200, maxRetryDelayInMs: 10_000 } };
  const connection = env.AZURE_STORAGE_CONNECTION_STRING;
  const isOurs = account === undefined || connection?.includes(`AccountName=${account};`);
  if (connection && isOurs) return BlobServiceClient.fromConnectionString(connection, options);
  const named = env.AZURE_STORAGE_ACCOUNT;
  const service = host ?? (named ? `${named}.blob.core.windows.net` : undefined);
  const reason =
    "no storage account is named: set AZURE_STORAGE_ACCOUNT or AZURE_STORAGE_CONNECTION_STRING, or give abfss://";
  if (service === undefined) throw lakeErrors.create("LAKE_URL_INVALID", { root, reason });
  const { DefaultAzureCredential } = await import("@azure/identity");
  return new BlobServiceClient(`https://${service}`, new DefaultAzureCredential(), options);
};

/** Azure Blob Storage, with or without hierarchical names. */
export const openAzureClient = async (
  location: ObjectLocation,
  { env = {} }: StorageOptions,
): Promise<ObjectClient> => {
  const container = (await openService(location, env)).getContainerClient(location.bucket);
  const blob = (key: string) => container.getBlockBlobClient(key);
  return {
    list: async (prefix) => {
      const objects = [];
      for await (const { name, properties } of container.listBlobsFlat({ prefix }))
        objects.push({
          key: name,
          bytes: properties.contentLength ?? 0,
          etag: properties.etag,
          modifiedMs: properties.lastModified.getTime(),
        });
      return objects;
    },
    head: async (key) => {
      const found = await orAbsent(blob(key).getProperties());
      if (found === undefined) return undefined;
      const { contentLength: bytes = 0, etag = "", lastModified } = found;
      return { key, bytes, etag, modifiedMs: lastModified?.getTime() ?? 0 };
    },
    open: async (key) => {
      const found = await orAbsent(blob(key).download());
      if (found === undefined) return undefined;
      const { contentLength: bytes = 0, etag = "", metadata } = found;
      return { stream: found.readableStreamBody as Readable, bytes, etag, sha256: metadata?.sha256 };
    },
    readRange: (key, from, to) => blob(key).downloadToBuffer(from, to - from),
    upload: async (key, file, sha256) => {
      await blob(key).uploadFile(file, { blockSize: BLOCK_BYTES, concurrency: 4, metadata: { sha256 } });
    },
    writeText: async (key, text) => {
      await blob(key).upload(text, Buffer.byteLength(text));
    },
    create: async (key, text) => {
      try {
        await blob(key).upload(text, Buffer.byteLength(text), { conditions: { ifNoneMatch: "*" } });
        return "made";
      } catch (error) {
        const { status, code } = refusalOf(error);
        if (status === 412 || code === "BlobAlreadyExists") return "exists";
        throw error;
      }
    },
    remove: async (key) => {
      await blob(key).deleteIfExists();
    },
    serverTime: async () => (await container.getProperties()).date,
    failureOf,
    close: () => undefined,
  };
};
