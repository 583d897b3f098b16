import { decompressed } from "./decompress.ts";
import type { InspectedFile } from "./inspect-file.ts";

const LF = 0x0a;
const CR = 0x0d;

/** Where something stands in a text file, in bytes from the beginning of its decompressed content. */
export interface Place {
  readonly offset: number;
  /** Give back this many bytes and what follows them on their line; absent: none. */
  readonly atLeast?: number;
}

export interface FoundPlace {
  /** Counted from 1. `\n`, `\r\n` and a lone `\r` end a line. */
  readonly line: number;
  readonly bytes: Buffer;
}

/** Reads a file up to the last of the places, which must not overlap. A place behind its end is on its last line. */
export const findPlaces = async (
  file: Pick<InspectedFile, "path" | "compression">,
  places: readonly Place[],
): Promise<ReadonlyMap<number, FoundPlace>> => {
  const wanted = [...places].sort((a, b) => a.offset - b.offset);
  const found = new Map<number, { line: number; readonly parts: Buffer[] }>();
  let position = 0;
  let line = 1;
  let afterCr = false;
  let next = 0;
  let open: { readonly until: number; readonly parts: Buffer[] } | undefined;
  for await (const chunk of decompressed(file) as AsyncIterable<Buffer>) {
    let from = 0;
    for (const [index, byte] of chunk.entries()) {
      const isEnd = byte === CR || byte === LF;
      if (open !== undefined && isEnd && position >= open.until) {
        open.parts.push(chunk.subarray(from, index));
        open = undefined;
      }
      for (let place = wanted[next]; place?.offset === position; place = wanted[++next]) {
        const parts: Buffer[] = [];
        found.set(position, { line, parts });
        if (place.atLeast !== undefined) open = { until: position + place.atLeast, parts };
        from = index;
      }
      if (byte === CR || (byte === LF && !afterCr)) line += 1;
      afterCr = byte === CR;
      position += 1;
    }
    open?.parts.push(chunk.subarray(from));
    if (open === undefined && next >= wanted.length) break;
  }
  for (const { offset } of wanted.slice(next)) found.set(offset, { line, parts: [] });
  return new Map(
    [...found].map(([offset, { line: at, parts }]) => [offset, { line: at, bytes: Buffer.concat(parts) }]),
  );
};
