import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import {
  type ClientFailure,
  connectionReason,
  firstLine,
  isUnreachable,
  type ObjectClient,
} from "./object-client.ts";
import type { StorageOptions } from "./open-storage.ts";

const MAX_ATTEMPTS = 6;
const CONNECT_MS = 10_000;
/** A connection on which nothing moves for so long is given up, and the request tried again. */
const IDLE_MS = 60_000;
/** Files above it go in parts of this size, four at a time. */
const PART_BYTES = 16 * 1024 * 1024;

const CREDENTIALS =
  /^(ExpiredToken|ExpiredTokenException|TokenRefreshRequired|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|CredentialsProviderError|RequestTimeTooSkewed|UnrecognizedClientException|InvalidClientTokenId|AuthFailure|SSOTokenProviderFailure|TokenProviderError)$/;
const DENIED =
  /^(AccessDenied|AccessDeniedException|Forbidden|403|AllAccessDisabled|AccountProblem|InvalidObjectState)$/;

const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && "$metadata" in error
    ? (error.$metadata as { readonly httpStatusCode?: number }).httpStatusCode
    : undefined;

const failureOf = (error: unknown): ClientFailure => {
  const name = error instanceof Error ? error.name : "";
  const status = statusOf(error);
  const said = firstLine(error);
  // Some answers have no body; the SDK then calls them UnknownError.
  const reason = /^(Error|UnknownError)?$/.test(name) ? said : `${name}: ${said}`;
  if (name === "NoSuchBucket" || name === "InvalidBucketName") return { kind: "bucket", reason };
  if (name === "CredentialsProviderError") {
    // Other messages may quote the command that was asked for credentials.
    const isPlain = /^(Could not load credentials|The SSO session|Token is expired)/.test(said);
    return { kind: "credentials", reason: isPlain ? said : "the credentials' provider failed" };
  }
  if (/Region is missing/.test(said)) return { kind: "credentials", reason: "no region is set" };
  if (CREDENTIALS.test(name)) return { kind: "credentials", reason };
  if (DENIED.test(name) || status === 403 || status === 401) return { kind: "denied", reason };
  if (status === 501) return { kind: "unsupported", reason };
  if (isUnreachable(error)) return { kind: "unreachable", reason: connectionReason(error) };
  return { kind: "failed", reason: status === undefined ? reason : `${reason} (HTTP ${status})` };
};

/** Amazon S3, and servers that speak its protocol: `AWS_ENDPOINT_URL_S3` says where, as for Amazon's own tools. */
export const openS3Client = async (bucket: string, { env = {} }: StorageOptions): Promise<ObjectClient> => {
  const sdk = await import("@aws-sdk/client-s3");
  const endpoint = env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL || undefined;
  const hasOwnEndpoint = endpoint !== undefined;
  const pathStyle = env.TRIMTAB_S3_PATH_STYLE;
  const client = new sdk.S3Client({
    ...(endpoint === undefined ? {} : { endpoint }),
    maxAttempts: MAX_ATTEMPTS,
    // We compare a checksum of our own. The SDK's stream over a body hears of no broken connection: the process would end.
    responseChecksumValidation: "WHEN_REQUIRED",
    followRegionRedirects: !hasOwnEndpoint,
    // Own servers seldom have a host name for each bucket.
    forcePathStyle: pathStyle === undefined || pathStyle === "" ? hasOwnEndpoint : pathStyle !== "0",
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: IDLE_MS },
  });
  const Bucket = bucket;
  return {
    list: async (prefix) => {
      const objects = [];
      for await (const page of sdk.paginateListObjectsV2({ client }, { Bucket, Prefix: prefix }))
        for (const { Key = "", Size = 0, ETag = "", LastModified } of page.Contents ?? [])
          objects.push({ key: Key, bytes: Size, etag: ETag, modifiedMs: LastModified?.getTime() ?? 0 });
      return objects;
    },
    head: async (key) => {
      const found = await orAbsent(client.send(new sdk.HeadObjectCommand({ Bucket, Key: key })));
      if (found === undefined) return undefined;
      const { ContentLength: bytes = 0, ETag: etag = "", LastModified } = found;
      return { key, bytes, etag, modifiedMs: LastModified?.getTime() ?? 0 };
    },
    open: async (key) => {
      const command = new sdk.GetObjectCommand({ Bucket, Key: key });
      const found = await orAbsent(client.send(command));
      if (found === undefined) return undefined;
      const { ContentLength: bytes = 0, ETag: etag = "", Metadata: metadata = {} } = found;
      return { stream: found.Body as Readable, bytes, etag, sha256: metadata.sha256 };
    },
    readRange: async (key, from, to) => {
      const command = new sdk.GetObjectCommand({ Bucket, Key: key, Range: `bytes=${from}-${to - 1}` });
      return Buffer.from((await (await client.send(command)).Body?.transformToByteArray()) ?? []);
    },
    upload: async (key, file, sha256) => {
      const { Upload } = await import("@aws-sdk/lib-storage");
      const params = { Bucket, Key: key, Body: createReadStream(file), Metadata: { sha256 } };
      await new Upload({ client, params, partSize: PART_BYTES, queueSize: 4 }).done();
    },
    writeText: async (key, text) => {
      await client.send(new sdk.PutObjectCommand({ Bucket, Key: key, Body: text }));
    },
    create: async (key, text) => {
      const command = () => new sdk.PutObjectCommand({ Bucket, Key: key, Body: text, IfNoneMatch: "*" });
      for (let attempt = 1; ; attempt++) {
        try {
          await client.send(command());
          return "made";
        } catch (error) {
          if (statusOf(error) === 412) return "exists";
          // Two writers at the very same moment: Amazon asks to try again.
          if (statusOf(error) !== 409 || attempt === MAX_ATTEMPTS) throw error;
        }
      }
    },
    remove: async (key) => {
      await client.send(new sdk.DeleteObjectCommand({ Bucket, Key: key }));
    },
    dropUnfinished: async (prefix, before) => {
      let from: { readonly KeyMarker?: string | undefined; readonly UploadIdMarker?: string | undefined } =
        {};
      for (;;) {
        const command = new sdk.ListMultipartUploadsCommand({ Bucket, Prefix: prefix, ...from });
        const page = await client.send(command);
        for (const { Key, UploadId, Initiated } of page.Uploads ?? [])
          if (Initiated !== undefined && Initiated < before)
            await client.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
        if (page.IsTruncated !== true) return;
        from = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
      }
    },
    serverTime: () => serverTimeOf(client, sdk, bucket),
    failureOf,
    close: () => client.destroy(),
  };
};

/** A missing bucket is no missing object. */
const orAbsent = async <T>(found: Promise<T>): Promise<T | undefined> => {
  try {
    return await found;
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (statusOf(error) === 404 && name !== "NoSuchBucket") return undefined;
    throw error;
  }
};

/** Each answer says when it was given. */
const serverTimeOf = async (
  client: S3Client,
  sdk: typeof import("@aws-sdk/client-s3"),
  bucket: string,
): Promise<Date | undefined> => {
  let date: string | undefined;
  const command = new sdk.HeadBucketCommand({ Bucket: bucket });
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      date = (result.response as { readonly headers?: Readonly<Record<string, string>> }).headers?.date;
      return result;
    },
    { step: "deserialize", priority: "low" },
  );
  await client.send(command);
  return date === undefined ? undefined : new Date(date);
};
