import type { Json } from "@trimtab/domain";
import { z } from "zod";
import { notifyErrors } from "./errors.ts";

/** Bytes of a chart or of an attachment. */
export interface MessageFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface MessageChart {
  readonly title: string;
  /** What it shows, for those who can't see it. */
  readonly alt: string;
  /** PNG or SVG. */
  readonly image: MessageFile;
}

export interface MessageFigure {
  readonly label: string;
  readonly value: string;
  /** Beside the value, e.g. `+4.2 % on June`. */
  readonly note?: string | undefined;
}

export interface MessageTable {
  readonly title?: string | undefined;
  readonly columns: readonly { readonly title: string; readonly align?: "left" | "right" | undefined }[];
  readonly rows: readonly (readonly string[])[];
  /** Rows that were left out. */
  readonly more?: number | undefined;
}

/** What is told, whatever the channel: each channel lays it out in its own way. Texts are plain, never markup. */
export interface Message {
  readonly title: string;
  readonly summary?: string | undefined;
  readonly figures?: readonly MessageFigure[] | undefined;
  readonly table?: MessageTable | undefined;
  readonly charts?: readonly MessageChart[] | undefined;
  readonly attachments?: readonly MessageFile[] | undefined;
  /** Where to look further. */
  readonly link?: { readonly title: string; readonly url: string } | undefined;
  /** Small print: basis, currency, complete-to. */
  readonly footer?: string | undefined;
}

const line = z.string().max(2000);
const cell = z.string().max(5000);

const bodySchema = z.strictObject({
  title: line.min(1),
  summary: z.string().max(20_000).optional(),
  figures: z
    .array(z.strictObject({ label: line, value: line, note: line.optional() }))
    .max(50)
    .default([]),
  table: z
    .strictObject({
      title: line.optional(),
      columns: z.array(z.strictObject({ title: line, align: z.enum(["left", "right"]).optional() })).max(50),
      rows: z.array(z.array(cell).max(50)).max(1000),
      more: z.int().nonnegative().optional(),
    })
    .optional(),
  charts: z
    .array(z.strictObject({ title: line, alt: line, file: z.int().nonnegative() }))
    .max(50)
    .default([]),
  attachments: z.array(z.int().nonnegative()).max(50).default([]),
  link: z.strictObject({ title: line, url: z.url({ protocol: /^https?$/ }) }).optional(),
  footer: line.optional(),
});

export interface PackedMessage {
  readonly title: string;
  readonly body: { readonly [key: string]: Json };
  readonly files: readonly {
    readonly name: string;
    readonly contentType: string;
    readonly bytes: Uint8Array;
  }[];
}

/** A message in the form that the outbox keeps. @throws NOTIFY_MESSAGE_INVALID */
export const packMessage = (message: Message): PackedMessage => {
  const { charts = [], attachments = [], ...rest } = message;
  const files = [...charts.map(({ image }) => image), ...attachments];
  const parsed = bodySchema.safeParse({
    ...rest,
    charts: charts.map(({ title, alt }, file) => ({ title, alt, file })),
    attachments: attachments.map((_, index) => charts.length + index),
  });
  if (!parsed.success) throw invalid(parsed.error);
  const body = JSON.parse(JSON.stringify(parsed.data)) as PackedMessage["body"];
  return {
    title: message.title,
    body,
    files: files.map(({ fileName, contentType, bytes }) => ({ name: fileName, contentType, bytes })),
  };
};

/** The message again. @throws NOTIFY_MESSAGE_INVALID */
export const unpackMessage = ({ body, files }: Pick<PackedMessage, "body" | "files">): Message => {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw invalid(parsed.error);
  const { charts, attachments, ...rest } = parsed.data;
  const fileAt = (index: number): MessageFile => {
    const file = files[index];
    if (file === undefined)
      throw notifyErrors.create("NOTIFY_MESSAGE_INVALID", {
        field: "files",
        reason: `file ${index} is missing`,
      });
    return { fileName: file.name, contentType: file.contentType, bytes: file.bytes };
  };
  return {
    ...rest,
    charts: charts.map(({ title, alt, file }) => ({ title, alt, image: fileAt(file) })),
    attachments: attachments.map(fileAt),
  };
};

const invalid = (error: z.ZodError) => {
  const [first] = error.issues;
  const field = first?.path.join(".") || "message";
  return notifyErrors.create("NOTIFY_MESSAGE_INVALID", { field, reason: first?.message ?? "unreadable" });
};
