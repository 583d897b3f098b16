import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { lakeErrors } from "../errors.ts";
import { decoderOf } from "./decompress.ts";
import type { InspectedFile } from "./inspect-file.ts";
import { Utf8Check } from "./utf8-check.ts";

/** What reading a whole file told of it. */
export interface CheckedFile {
  readonly sha256: string;
  /** Of the decompressed text. */
  readonly isUtf8: boolean;
}

const sink = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

/**
 * Reads a whole file once: its SHA-256, whether its text is UTF-8, and for compressed files that the stream ends where it says and its checksum
 * holds. DuckDB accepts truncated gzip and wrong checksums without a word, so this runs for every load.
 * @throws LAKE_INPUT_CORRUPT, LAKE_CANCELLED
 */
export const checkIntegrity = async (file: InspectedFile, signal?: AbortSignal): Promise<CheckedFile> => {
  const hash = createHash("sha256");
  const source = createReadStream(file.path, { highWaterMark: 1 << 20 });
  let bytes = 0;
  source.on("data", (chunk) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  const decoder = decoderOf(file);
  const utf8 = new Utf8Check();
  if (file.format !== "parquet") decoder.on("data", (chunk: Buffer) => utf8.push(chunk));
  try {
    await pipeline(source, decoder, sink(), signal === undefined ? {} : { signal });
    // The decoder of zstd stops after one frame; the rest would go unchecked.
    const taken = "bytesWritten" in decoder ? Number(decoder.bytesWritten) : bytes;
    if (file.compression === "zstd" && taken < file.sizeBytes)
      throw new Error(
        `${file.sizeBytes - taken} bytes follow its first frame; compress it again as one frame`,
      );
  } catch (error) {
    if (signal?.aborted) throw lakeErrors.create("LAKE_CANCELLED", {}, { cause: error });
    const reason = error instanceof Error ? error.message : String(error);
    throw lakeErrors.create("LAKE_INPUT_CORRUPT", { file: file.path, reason }, { cause: error });
  }
  return { sha256: hash.digest("hex"), isUtf8: utf8.isValid };
};
