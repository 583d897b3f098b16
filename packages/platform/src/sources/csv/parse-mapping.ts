import { readFile } from "node:fs/promises";
import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import { mappingErrors } from "./errors.ts";
import { type CsvMapping, mappingSchema } from "./mapping-schema.ts";

type Path = readonly PropertyKey[];

const rangeStart = (node: unknown): number | undefined => {
  if (typeof node !== "object" || node === null || !("range" in node)) return undefined;
  const start: unknown = Array.isArray(node.range) ? node.range[0] : undefined;
  return typeof start === "number" ? start : undefined;
};

/** Where a part of the document stands; where the part is missing, its nearest parent's key. */
const locator = (document: ReturnType<typeof parseDocument>, counter: LineCounter) => {
  const position = (offset: number): string => {
    const { line, col } = counter.linePos(offset);
    return `line ${Math.max(line, 1)}, column ${Math.max(col, 1)}`;
  };
  const locate = (path: Path): string => {
    for (let length = path.length; length > 0; length -= 1) {
      const parent = document.getIn(path.slice(0, length - 1), true);
      const pair = isMap(parent)
        ? parent.items.find(({ key }) => isScalar(key) && key.value === path[length - 1])
        : undefined;
      const offset = rangeStart(pair?.key ?? document.getIn(path.slice(0, length), true));
      if (offset !== undefined) return position(offset);
    }
    return position(0);
  };
  return { position, locate };
};

/**
 * Reads a mapping; `file` names it in errors.
 * @throws MAPPING_INVALID with line, column and reason of each problem
 */
export const parseMapping = (text: string, file: string): CsvMapping => {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const { position, locate } = locator(document, counter);
  const [error] = document.errors;
  if (error !== undefined) {
    const problems = `${position(error.pos[0])}: ${error.message}`;
    throw mappingErrors.create("MAPPING_INVALID", { file, problems });
  }
  const result = mappingSchema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue) => {
    const at = issue.path.filter((key) => typeof key !== "symbol");
    const tell = (path: Path, message: string) =>
      `${locate(path)}: ${path.length === 0 ? "" : `${path.join(".")}: `}${message}`;
    if (issue.code !== "unrecognized_keys") return tell(at, issue.message);
    return issue.keys.map((key) => tell([...at, key], "no such key"));
  });
  throw mappingErrors.create("MAPPING_INVALID", { file, problems: problems.join("; ") });
};

/** @throws MAPPING_UNREADABLE, MAPPING_INVALID */
export const readMapping = async (path: string): Promise<CsvMapping> => {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw mappingErrors.create("MAPPING_UNREADABLE", { file: path, reason }, { cause: error });
  });
  return parseMapping(text, path);
};
