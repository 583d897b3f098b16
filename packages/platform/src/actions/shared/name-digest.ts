import { createHash } from "node:crypto";

/** Ten characters that stand for a text in the name of something that a plan makes: the same text, the same name. */
export const nameDigest = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 10);
