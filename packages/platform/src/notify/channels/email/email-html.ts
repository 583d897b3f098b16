import type { Message, MessageTable } from "../../message.ts";
import { oneLine } from "../shared/plain-text.ts";

const INK = "#1c2733";
const MUTED = "#5b6875";
const LINE = "#e3e8ed";
const ACCENT = "#0b6b6b";
const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Text of a message is never markup. */
const escapeHtml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}&&[^\n]]/gv, "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");

const line = (text: string): string => escapeHtml(oneLine(text));

/** The message as a page of HTML, laid out by tables and inline styles, which is what mail programs agree on. */
export const emailHtml = (message: Message, chartIds: readonly string[]): string => {
  const { title, summary, figures = [], table, charts = [], attachments = [], link, footer } = message;
  const parts = [
    `<h1 style="margin:0 0 12px;font-size:22px;line-height:1.3;font-weight:600;color:${INK}">${line(title)}</h1>`,
    ...paragraphs(summary),
    figures.length === 0 ? "" : figureRows(figures),
    ...charts.map(
      (chart, index) =>
        `<p style="margin:24px 0 8px;font-size:15px;font-weight:600;color:${INK}">${line(chart.title)}</p>` +
        `<img src="cid:${chartIds[index]}" alt="${line(chart.alt)}" width="600" style="display:block;width:100%;max-width:600px;height:auto;border:0">`,
    ),
    table === undefined ? "" : tableHtml(table),
    attachments.length === 0
      ? ""
      : `<p style="margin:20px 0 0;font-size:13px;color:${MUTED}">Attached: ${attachments.map(({ fileName }) => line(fileName)).join(", ")}</p>`,
    link === undefined
      ? ""
      : `<p style="margin:24px 0 0"><a href="${escapeHtml(link.url)}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:${ACCENT};color:#ffffff;font-size:15px;text-decoration:none">${line(link.title)}</a></p>`,
    footer === undefined
      ? ""
      : `<p style="margin:28px 0 0;padding-top:12px;border-top:1px solid ${LINE};font-size:12px;line-height:1.5;color:${MUTED}">${line(footer)}</p>`,
  ];
  return page(line(title), parts.join("\n"));
};

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${title}</title></head>
<body style="margin:0;padding:0;background:#f4f6f8;font-family:${FONT}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:664px;background:#ffffff;border:1px solid ${LINE};border-radius:8px"><tr><td style="padding:32px;text-align:left">
${content}
</td></tr></table>
</td></tr></table>
</body></html>
`;

const paragraphs = (text: string | undefined): readonly string[] =>
  (text ?? "")
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== "")
    .map(
      (part) =>
        `<p style="margin:0 0 12px;font-size:15px;line-height:1.55;color:${INK}">${escapeHtml(part.trim()).replaceAll("\n", "<br>")}</p>`,
    );

/** Two beside each other. */
const figureRows = (figures: NonNullable<Message["figures"]>): string => {
  const cells = figures.map(
    ({ label, value, note }) =>
      `<td width="50%" valign="top" style="padding:10px 12px 10px 0"><div style="font-size:12px;color:${MUTED}">${line(label)}</div>` +
      `<div style="font-size:20px;line-height:1.4;font-weight:600;color:${INK};font-variant-numeric:tabular-nums">${line(value)}</div>` +
      `${note === undefined ? "" : `<div style="font-size:12px;color:${MUTED}">${line(note)}</div>`}</td>`,
  );
  const rows = Array.from({ length: Math.ceil(cells.length / 2) }, (_, index) => {
    const pair = cells.slice(2 * index, 2 * index + 2);
    return `<tr>${pair.join("")}${pair.length === 1 ? '<td width="50%"></td>' : ""}</tr>`;
  });
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0;border-top:1px solid ${LINE};border-bottom:1px solid ${LINE}">${rows.join("")}</table>`;
};

const tableHtml = ({ title, columns, rows, more }: MessageTable): string => {
  const alignOf = (index: number) => columns[index]?.align ?? "left";
  const head = columns.map(
    (column, index) =>
      `<th scope="col" style="padding:6px 8px;text-align:${alignOf(index)};font-size:12px;font-weight:600;color:${MUTED};border-bottom:1px solid ${INK}">${line(column.title)}</th>`,
  );
  const body = rows.map((row) => {
    const cells = columns.map(
      (_, index) =>
        `<td style="padding:6px 8px;text-align:${alignOf(index)};font-size:14px;color:${INK};border-bottom:1px solid ${LINE};font-variant-numeric:tabular-nums">${line(row[index] ?? "")}</td>`,
    );
    return `<tr>${cells.join("")}</tr>`;
  });
  const rest =
    more === undefined || more === 0
      ? ""
      : `<p style="margin:6px 0 0;font-size:12px;color:${MUTED}">… and ${more} more</p>`;
  const caption =
    title === undefined
      ? ""
      : `<p style="margin:24px 0 6px;font-size:15px;font-weight:600;color:${INK}">${line(title)}</p>`;
  return `${caption}<table width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:${title === undefined ? "20px" : "0"} 0 0;border-collapse:collapse"><thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table>${rest}`;
};
