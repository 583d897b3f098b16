import { createReadStream } from "node:fs";
import { PassThrough, type Transform } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import type { InspectedFile } from "./inspect-file.ts";

type Stored = Pick<InspectedFile, "path" | "compression">;

/** By the default of 16 KiB, handing chunks on takes three times as long as decompressing them. */
const chunkSize = 1 << 20;

export const decoderOf = ({ compression }: Pick<Stored, "compression">): Transform => {
  if (compression === "gzip") return createGunzip({ chunkSize });
  return compression === "zstd" ? createZstdDecompress({ chunkSize }) : new PassThrough();
};

/** The text of a file as bytes; a failure to read it is a failure of the stream that is returned. */
export const decompressed = (file: Stored): Transform => {
  const decoder = decoderOf(file);
  const source = createReadStream(file.path, { highWaterMark: chunkSize });
  source.on("error", (error) => decoder.destroy(error));
  decoder.on("close", () => source.destroy());
  return source.pipe(decoder);
};
