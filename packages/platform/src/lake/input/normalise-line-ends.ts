import { createReadStream, createWriteStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { decoderOf } from "./decompress.ts";
import type { InspectedFile } from "./inspect-file.ts";

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/** Bytes outside quotes: `\r\n` and lone `\r` become `\n`. Inside quotes nothing changes. */
const lineEnds = (quoted: boolean): Transform => {
  let inQuotes = false;
  let afterCr = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const out = Buffer.allocUnsafe(chunk.length);
      let length = 0;
      for (const byte of chunk) {
        if (quoted && byte === QUOTE) inQuotes = !inQuotes;
        const skip = byte === LF && afterCr && !inQuotes;
        afterCr = byte === CR && !inQuotes;
        if (!skip) out[length++] = afterCr ? LF : byte;
      }
      done(null, out.subarray(0, length));
    },
  });
};

/** Writes a decompressed copy with one kind of line end, for files that mix them: the strict reader refuses those. */
export const normaliseLineEnds = async (file: InspectedFile, target: string): Promise<void> => {
  await pipeline(
    createReadStream(file.path),
    decoderOf(file),
    lineEnds(file.format === "csv"),
    createWriteStream(target),
  );
};
