/** A stretch of text in one style. */
export interface Span {
  readonly text: string;
  readonly style: "plain" | "strong" | "emphasis" | "code";
  /** Only http and https. */
  readonly link?: string;
}

export interface TextBlock {
  readonly kind: "paragraph" | "heading" | "bullets" | "numbers" | "quote";
  /** One entry a paragraph or a list item. */
  readonly items: readonly (readonly Span[])[];
}

/**
 * The Markdown that reports know: paragraphs, headings, lists, quotes, strong, emphasis, code and links to http(s). All else,
 * HTML first, stays the text that it is. One reading for browser, paper and messages.
 */
export const parseText = (markdown: string): readonly TextBlock[] =>
  markdown
    .replaceAll("\r\n", "\n")
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(parseBlock);

const parseBlock = (text: string): TextBlock => {
  const lines = text.split("\n");
  const all = (pattern: RegExp) => lines.every((line) => pattern.test(line));
  const items = (pattern: RegExp) => lines.map((line) => parseSpans(line.replace(pattern, "")));
  if (all(/^\s*[-*] /)) return { kind: "bullets", items: items(/^\s*[-*] /) };
  if (all(/^\s*\d+[.)] /)) return { kind: "numbers", items: items(/^\s*\d+[.)] /) };
  if (all(/^\s*>/))
    return { kind: "quote", items: [parseSpans(lines.map((line) => line.replace(/^\s*> ?/, "")).join(" "))] };
  if (lines.length === 1 && /^#{1,6} /.test(text)) return { kind: "heading", items: items(/^#{1,6} /) };
  return { kind: "paragraph", items: [parseSpans(lines.join(" "))] };
};

const SPAN = /\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|`([^`]+)`|\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)/g;

const parseSpans = (text: string): readonly Span[] => {
  const spans: Span[] = [];
  let from = 0;
  for (const match of text.matchAll(SPAN)) {
    const [whole, strong, emphasis, code, label, link] = match;
    if (match.index > from) spans.push({ text: text.slice(from, match.index), style: "plain" });
    if (strong !== undefined) spans.push({ text: strong, style: "strong" });
    else if (emphasis !== undefined) spans.push({ text: emphasis, style: "emphasis" });
    else if (code !== undefined) spans.push({ text: code, style: "code" });
    else if (label !== undefined && link !== undefined) spans.push({ text: label, style: "plain", link });
    from = match.index + whole.length;
  }
  if (from < text.length) spans.push({ text: text.slice(from), style: "plain" });
  return spans;
};
