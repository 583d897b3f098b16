import { z } from "zod";

const cursorSchema = z.tuple([z.string(), z.string()]);

/** Where a page ended, as an opaque text. */
export const toCursor = (at: string, id: string): string =>
  Buffer.from(JSON.stringify([at, id])).toString("base64url");

/** Undefined: from the beginning; a text that is no cursor is none. */
export const readCursor = (text: string | undefined): readonly [at: string, id: string] | undefined => {
  if (text === undefined) return undefined;
  try {
    const parsed = cursorSchema.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return parsed.success && !Number.isNaN(Date.parse(parsed.data[0])) ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};
