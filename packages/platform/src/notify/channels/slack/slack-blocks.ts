import type { Json } from "@trimtab/domain";
import type { Message } from "../../message.ts";
import { oneLine, tableLines } from "../shared/plain-text.ts";

/** @see https://docs.slack.dev/reference/block-kit/blocks, 2026-11 */
const LIMITS = { blocks: 50, header: 150, text: 3000, field: 2000, fields: 10, button: 75, url: 3000 };

type Block = { readonly [key: string]: Json };

/** No text of a message is markup to Slack: no mention, no link comes of it. */
export const escapeSlack = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\0/g, "")
    .replaceAll("`", "ˋ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");

/** Shortened before it is escaped, so that no escape is cut in two. */
const fit = (text: string, most: number): string => {
  if (escapeSlack(text).length <= most) return escapeSlack(text);
  let kept = "";
  for (const character of text) {
    const escaped = escapeSlack(character);
    if (kept.length + escaped.length > most - 1) break;
    kept += escaped;
  }
  return `${kept}…`;
};

const section = (text: string): Block => ({ type: "section", text: { type: "mrkdwn", text } });

/** Lines as blocks of letters of one width, as many as it takes. */
const codeBlocks = (lines: readonly string[]): readonly Block[] => {
  const fence = "```";
  const room = LIMITS.text - 2 * fence.length - 2;
  const texts: string[] = [];
  let current = "";
  for (const line of lines) {
    const escaped = fit(line, room);
    if (current !== "" && current.length + 1 + escaped.length > room) {
      texts.push(current);
      current = escaped;
    } else current = current === "" ? escaped : `${current}\n${escaped}`;
  }
  if (current !== "") texts.push(current);
  return texts.map((text) => section(`${fence}\n${text}\n${fence}`));
};

/** A message in Slack's Block Kit, within its limits; what does not fit is said to be left out. */
export const slackBlocks = (
  message: Message,
  { files }: { readonly files: "follow" | "absent" },
): readonly Block[] => {
  const { title, summary, figures = [], table, charts = [], attachments = [], link, footer } = message;
  const names = [...charts.map((chart) => chart.title), ...attachments.map(({ fileName }) => fileName)];
  const head: Block[] = [
    {
      type: "header",
      text: { type: "plain_text", text: cutPlain(oneLine(title) || "Trimtab", LIMITS.header) },
    },
    ...(summary === undefined || summary.trim() === "" ? [] : [section(fit(summary, LIMITS.text))]),
    ...groups(figures, LIMITS.fields).map(
      (some): Block => ({
        type: "section",
        fields: some.map(({ label, value, note }) => ({
          type: "mrkdwn",
          text: `*${fit(oneLine(label), 300)}*\n${fit(oneLine(value), 800)}${note === undefined ? "" : `\n${fit(oneLine(note), 800)}`}`,
        })),
      }),
    ),
  ];
  const tail: Block[] = [
    ...(names.length === 0 ? [] : [section(fit(filesText(names, files), LIMITS.text))]),
    ...(link === undefined || link.url.length > LIMITS.url
      ? []
      : [
          {
            type: "actions",
            elements: [
              {
                type: "button",
                text: { type: "plain_text", text: cutPlain(oneLine(link.title) || "Open", LIMITS.button) },
                url: link.url,
              },
            ],
          },
        ]),
    ...(footer === undefined
      ? []
      : [{ type: "context", elements: [{ type: "mrkdwn", text: fit(oneLine(footer), LIMITS.field) }] }]),
  ];
  const rows =
    table === undefined
      ? []
      : [
          ...(table.title === undefined ? [] : [section(`*${fit(oneLine(table.title), 300)}*`)]),
          ...codeBlocks(tableLines(table)),
        ];
  const room = LIMITS.blocks - Math.min(head.length, LIMITS.blocks - tail.length) - tail.length;
  const shown =
    rows.length <= room
      ? rows
      : [...rows.slice(0, Math.max(0, room - 1)), section("_The rest of the table is left out._")];
  return [...head, ...shown.slice(0, Math.max(0, room)), ...tail].slice(0, LIMITS.blocks);
};

const filesText = (names: readonly string[], files: "follow" | "absent"): string =>
  files === "follow"
    ? `In the thread: ${names.map(oneLine).join(", ")}`
    : `Not shown here: ${names.map(oneLine).join(", ")}. An incoming webhook takes no files; a bot token does.`;

const cutPlain = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;

const groups = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
