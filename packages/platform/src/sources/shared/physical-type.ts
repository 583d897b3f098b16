/** A type of the engine as its text describes it, e.g. `STRUCT(id VARCHAR, "type" VARCHAR)[]`. */
export interface PhysicalType {
  /** The text without the list brackets. */
  readonly name: string;
  /** How many lists deep: 1 for `VARCHAR[]`. */
  readonly lists: number;
  /** Fields of a STRUCT by name, in order; empty for every other type. */
  readonly fields: ReadonlyMap<string, PhysicalType>;
}

/** Splits `a, b(c, d), "e,f"` at the commas that stand outside brackets and quotes. */
const splitTopLevel = (text: string): string[] => {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') quoted = !quoted;
    if (quoted) continue;
    if (character === "(") depth++;
    if (character === ")") depth--;
    if (character === "," && depth === 0) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  const last = text.slice(start).trim();
  return last === "" ? parts : [...parts, last];
};

const fieldPattern = /^(?:"((?:[^"]|"")*)"|(\S+))\s+(.*)$/s;

const parseField = (text: string): [string, PhysicalType] | undefined => {
  const match = fieldPattern.exec(text);
  if (match === null) return undefined;
  return [match[1]?.replaceAll('""', '"') ?? match[2] ?? "", parsePhysicalType(match[3] ?? "")];
};

/** Reads DuckDB's type text. */
export const parsePhysicalType = (text: string): PhysicalType => {
  const name = text.trim().replace(/(\[\d*\])+$/, "");
  const lists = text.trim().slice(name.length).split("[").length - 1;
  const struct = /^STRUCT\((.*)\)$/s.exec(name)?.[1];
  const fields = struct === undefined ? [] : splitTopLevel(struct).map(parseField);
  return { name, lists, fields: new Map(fields.filter((item) => item !== undefined)) };
};
