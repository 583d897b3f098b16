import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { z } from "zod";
import { bigQueryErrors } from "./errors.ts";
import type { StagingFolder } from "./table-name.ts";

/** @see https://docs.cloud.google.com/storage/docs/json_api/v1/objects (read 2026-11-21) */
const STORAGE_ENDPOINT = "https://storage.googleapis.com";

const listing = z.object({
  items: z.array(z.object({ name: z.string(), size: z.string() })).optional(),
  nextPageToken: z.string().optional(),
});

/** An object that BigQuery wrote. */
export interface StagedObject {
  readonly name: string;
  readonly sizeBytes: number;
}

/** The staging folder of one run, over Cloud Storage's JSON API; bytes go from the socket to disk. */
export interface Staging {
  /** `gs://bucket/prefix/run/` */
  readonly uri: string;
  list(): Promise<readonly StagedObject[]>;
  /** Writes the object into a local folder and gives its path. @throws BIGQUERY_INCOMPLETE when bytes are missing */
  download(object: StagedObject, folder: string): Promise<string>;
  remove(object: StagedObject): Promise<void>;
}

export interface StagingOptions {
  readonly folder: StagingFolder;
  /** Name of the run: files of other runs are never seen. */
  readonly run: string;
  accessToken(): Promise<string>;
  readonly endpoint?: string;
  readonly signal?: AbortSignal | undefined;
}

/** Opens the staging folder of one run. Every method throws BIGQUERY_NO_PERMISSION or BIGQUERY_STAGING_FAILED. */
export const openStaging = (options: StagingOptions): Staging => {
  const { folder, run, accessToken, endpoint = STORAGE_ENDPOINT, signal } = options;
  const prefix = `${folder.prefix}${run}/`;
  const objects = `${endpoint}/storage/v1/b/${encodeURIComponent(folder.bucket)}/o`;

  const request = async (url: string, method = "GET"): Promise<Response> => {
    const headers = { authorization: `Bearer ${await accessToken()}` };
    const response = await fetch(url, { method, headers, signal: signal ?? null }).catch((error: unknown) => {
      signal?.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      throw bigQueryErrors.create("BIGQUERY_STAGING_FAILED", { reason }, { cause: error });
    });
    if (response.ok) return response;
    const reason = `${response.status} ${(await response.text()).slice(0, 300)}`;
    const code = [401, 403].includes(response.status) ? "BIGQUERY_NO_PERMISSION" : "BIGQUERY_STAGING_FAILED";
    throw bigQueryErrors.create(code, { reason });
  };
  const addressOf = ({ name }: StagedObject) => `${objects}/${encodeURIComponent(name)}`;

  return {
    uri: `gs://${folder.bucket}/${prefix}`,
    list: async () => {
      const found: StagedObject[] = [];
      for (let page: string | undefined = ""; page !== undefined; ) {
        const query = new URLSearchParams({ prefix, fields: "items(name,size),nextPageToken" });
        if (page !== "") query.set("pageToken", page);
        const { items = [], nextPageToken } = listing.parse(
          await (await request(`${objects}?${query}`)).json(),
        );
        found.push(...items.map(({ name, size }) => ({ name, sizeBytes: Number(size) })));
        page = nextPageToken;
      }
      return found;
    },
    download: async (object, target) => {
      const own = (object.name.split("/").at(-1) ?? "").replaceAll(/[^A-Za-z0-9._-]/g, "_");
      const path = join(target, `staged-${own}`);
      const { body } = await request(`${addressOf(object)}?alt=media`);
      const bytes = body === null ? Readable.from([]) : Readable.fromWeb(body as ReadableStream);
      await pipeline(bytes, createWriteStream(path), signal === undefined ? {} : { signal });
      const { size } = await stat(path);
      if (size !== object.sizeBytes)
        throw bigQueryErrors.create("BIGQUERY_INCOMPLETE", {
          expected: object.sizeBytes,
          found: size,
          unit: `bytes of ${object.name}`,
        });
      return path;
    },
    remove: async (object) => {
      await request(addressOf(object), "DELETE");
    },
  };
};
