/** Long enough for what clouds name their exports. */
const MAX_LENGTH = 120;

/** What the server itself puts beside the file: its record, and the folder that it unpacks into. */
const TAKEN: ReadonlySet<string> = new Set(["upload.json", "unpacked"]);

/**
 * A name for a file that came from outside: the last part of a path, in characters that mean nothing to a file system, a
 * shell or an engine's patterns. Content decides what it is, so that nothing is lost by it.
 */
export const safeName = (given: string): string => {
  const last = given.split(/[/\\]/).at(-1) ?? "";
  const plain = last
    .normalize("NFKC")
    .replace(/[^\w.-]+/g, "_")
    .replace(/\.{2,}/g, ".")
    .slice(-MAX_LENGTH)
    .replace(/^[.\-_]+/, "");
  if (plain === "") return "upload";
  return TAKEN.has(plain.toLowerCase()) ? `sent-${plain}` : plain;
};
