import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
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

/** An error of the disk, not of the data: only those name a system call. */
const isSystemError = (error: unknown): boolean => error instanceof Error && "syscall" in error;

/**
 * Reads a whole file once: its SHA-256, whether its text is UTF-8, and for compressed files that the stream ends where it says and its checksum
 * holds. DuckDB accepts truncated gzip and wrong checksums without a word, so this runs for every load.
 * @param target where the decompressed text is kept, if anywhere
 * @throws LAKE_INPUT_CORRUPT, LAKE_CANCELLED, and what writing `target` throws
 */
export const checkIntegrity = async (
  file: InspectedFile,
  signal?: AbortSignal,
  target?: string,
): Promise<CheckedFile> => {
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
  const kept = target === undefined ? sink() : createWriteStream(target, { highWaterMark: 1 << 20 });
  let writeFailure: unknown;
  if (target !== undefined)
    kept.on("error", (error: Error) => {
      writeFailure = error;
    });
  try {
    await pipeline(source, decoder, kept, signal === undefined ? {} : { signal });
    // The decoder of zstd stops after one frame; the rest would go unchecked.
    const taken = "bytesWritten" in decoder ? Number(decoder.bytesWritten) : bytes;
    if (file.compression === "zstd" && taken < file.sizeBytes)
      throw new Error(
        `${file.sizeBytes - taken} bytes follow its first frame; compress it again as one frame`,
      );
  } catch (error) {
    if (signal?.aborted) throw lakeErrors.create("LAKE_CANCELLED", {}, { cause: error });
    if (writeFailure === error && isSystemError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw lakeErrors.create("LAKE_INPUT_CORRUPT", { file: file.path, reason }, { cause: error });
  }
  return { sha256: hash.digest("hex"), isUtf8: utf8.isValid };
};
