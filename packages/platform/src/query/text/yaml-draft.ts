import { isMap, isScalar, LineCounter, parseDocument } from "yaml";

/** Where something stands in a text, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type Path = readonly (string | number)[];

export const START: Position = { line: 1, column: 1 };

/** What a YAML file says, and where each of its parts stands. */
export type YamlDraft =
  | {
      readonly status: "read";
      readonly content: unknown;
      /** Of the deepest part of the path that there is: its key, or what stands behind the key. */
      locate(path: Path, part?: "key" | "value"): Position;
    }
  | { readonly status: "unreadable"; readonly position: Position; readonly problem: string };

/** Reads a YAML file that a person wrote. */
export function readYamlDraft(text: string): YamlDraft {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const position = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [error] = document.errors;
  if (error) {
    const isDuplicate = error.code === "DUPLICATE_KEY";
    const problem = isDuplicate ? "this key stands here a second time" : error.message;
    return { status: "unreadable", position: position(error.pos[0]), problem };
  }
  const locate = (path: Path, part: "key" | "value" = "key"): Position => {
    for (let length = path.length; length > 0; length -= 1) {
      const parent = document.getIn(path.slice(0, length - 1), true);
      const pair =
        part === "key" && isMap(parent)
          ? parent.items.find(
              (item) => isScalar(item.key) && String(item.key.value) === String(path[length - 1]),
            )
          : undefined;
      const node: unknown = pair?.key ?? document.getIn(path.slice(0, length), true);
      const offset = rangeStart(node);
      if (offset !== undefined) return position(offset);
    }
    return START;
  };
  try {
    return { status: "read", content: document.toJS({ maxAliasCount: 100 }), locate };
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    return { status: "unreadable", position: START, problem: cause.message };
  }
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null || !("range" in node) || !Array.isArray(node.range))
    return undefined;
  const start: unknown = node.range[0];
  return typeof start === "number" ? start : undefined;
}
