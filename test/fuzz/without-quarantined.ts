export interface QuarantinedText {
  readonly line: number | null;
  readonly raw: string | null;
}

const lineStarts = (text: string): number[] => {
  const starts = [text.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0];
  for (let index = 0; index < text.length; index++) {
    if (text[index] === "\r" && text[index + 1] !== "\n") starts.push(index + 1);
    if (text[index] === "\n") starts.push(index + 1);
  }
  return starts;
};

/** Where `raw` ends in `text` if it stands at `start`, else undefined. Line ends within it may have been made alike. */
const endOf = (text: string, start: number, raw: string): number | undefined => {
  let at = start;
  for (const character of raw) {
    const own = text[at] ?? "";
    if (character === "\n" && own === "\r") at += text[at + 1] === "\n" ? 2 : 1;
    else if (character === own) at += 1;
    else return undefined;
  }
  return at;
};

const excerpt = (text: string): string =>
  JSON.stringify(text.length > 400 ? `${text.slice(0, 200)} … ${text.slice(-200)}` : text);

/**
 * The text without the rows that went to quarantine, each found at its line number, letter for letter.
 * @returns or what is wrong with a line number or raw text
 */
export const withoutQuarantined = (
  bytes: Buffer,
  rows: readonly QuarantinedText[],
): { readonly rest: Buffer } | { readonly wrong: string } => {
  // One character a byte, so that texts of any encoding can be compared and cut.
  const text = bytes.toString("latin1");
  const starts = lineStarts(text);
  const cuts: (readonly [number, number])[] = [];
  for (const { line, raw } of rows) {
    if (line === null || raw === null)
      return { wrong: `a quarantined row has no line or no raw text: ${raw}` };
    const start = starts[line - 1] ?? -1;
    // A line that is no UTF-8 is told as Latin-1.
    const end = endOf(text, start, Buffer.from(raw, "utf8").toString("latin1")) ?? endOf(text, start, raw);
    if (end === undefined)
      return {
        wrong: `line ${line} is ${excerpt(text.slice(start, start + raw.length))}, not ${excerpt(raw)}`,
      };
    cuts.push([start, end]);
  }
  cuts.sort(([a], [b]) => a - b);
  let rest = "";
  let from = 0;
  for (const [start, end] of cuts) {
    if (start < from) return { wrong: "a line is in quarantine twice" };
    rest += text.slice(from, start);
    from = end;
  }
  return { rest: Buffer.from(rest + text.slice(from), "latin1") };
};
