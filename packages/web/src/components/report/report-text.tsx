import { parseText, type Span, type TextBlock } from "trimtab/report-text";

/** Paragraphs, items and spans of a text never move: their place is their key. */
const keyed = <T,>(items: readonly T[]): readonly { readonly key: string; readonly item: T }[] =>
  items.map((item, place) => ({ key: `${place}`, item }));

/** Markdown as reports know it; what is no Markdown, HTML first, stays the text that it is. */
export const ReportText = ({ text }: { readonly text: string }) => (
  <div className="flex flex-col gap-2.5 text-pretty">
    {keyed(parseText(text)).map(({ key, item }) => (
      <TextPart key={key} part={item} />
    ))}
  </div>
);

const TextPart = ({ part: { kind, items } }: { readonly part: TextBlock }) => {
  const lines = keyed(items);
  const listed = lines.map(({ key, item }) => (
    <li key={key}>
      <Spans spans={item} />
    </li>
  ));
  if (kind === "bullets") return <ul className="list-disc pl-5">{listed}</ul>;
  if (kind === "numbers") return <ol className="list-decimal pl-5">{listed}</ol>;
  const run = lines.map(({ key, item }) => <Spans key={key} spans={item} />);
  if (kind === "quote") {
    return <blockquote className="border-l-2 border-line-strong pl-3 text-ink-2 italic">{run}</blockquote>;
  }
  return <p className={kind === "heading" ? "font-semibold" : ""}>{run}</p>;
};

const Spans = ({ spans }: { readonly spans: readonly Span[] }) => (
  <>
    {keyed(spans).map(({ key, item }) => (
      <SpanText key={key} span={item} />
    ))}
  </>
);

const SpanText = ({ span: { text, style, link } }: { readonly span: Span }) => {
  if (link !== undefined) {
    return (
      <a href={link} rel="noreferrer" target="_blank" className="text-accent underline underline-offset-2">
        {text}
      </a>
    );
  }
  if (style === "strong") return <strong>{text}</strong>;
  if (style === "emphasis") return <em>{text}</em>;
  if (style === "code") return <code className="rounded-sm bg-sunken px-1 font-mono text-sm">{text}</code>;
  return text;
};
