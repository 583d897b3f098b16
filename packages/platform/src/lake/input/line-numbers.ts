import { decompressed } from "./decompress.ts";
import type { InspectedFile } from "./inspect-file.ts";

const LF = 0x0a;
const CR = 0x0d;

/**
 * The lines, counted from 1, on which these bytes of a text file stand. `\n`, `\r\n` and a lone `\r` end a line.
 * @param offsets bytes from the beginning of the decompressed file
 */
export const linesAt = async (
  file: Pick<InspectedFile, "path" | "compression">,
  offsets: Iterable<number>,
): Promise<ReadonlyMap<number, number>> => {
  const wanted = [...new Set(offsets)].sort((a, b) => a - b);
  const found = new Map<number, number>();
  let position = 0;
  let line = 1;
  let afterCr = false;
  let next = 0;
  for await (const chunk of decompressed(file) as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      for (; position === wanted[next]; next++) found.set(position, line);
      if (byte === CR || (byte === LF && !afterCr)) line += 1;
      afterCr = byte === CR;
      position += 1;
    }
    if (next >= wanted.length) return found;
  }
  for (; next < wanted.length; next++) found.set(wanted[next] ?? 0, line);
  return found;
};
