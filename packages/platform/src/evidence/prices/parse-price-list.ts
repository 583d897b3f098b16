import { type Day, day, PRICE_ITEMS, type PriceItem, tryDecimal } from "@trimtab/domain";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { canonicalAttributes } from "./attributes.ts";
import { priceErrors } from "./errors.ts";
import type { ListPrice } from "./list-price.ts";
import { parseOfferFile } from "./parse-offer-file.ts";

const items = Object.keys(PRICE_ITEMS) as [PriceItem, ...PriceItem[]];
const text = z.string().trim().min(1).max(500);

/** A price as a person writes it. A price of 0 is no price. */
export const listPriceSchema: z.ZodType<ListPrice> = z
  .strictObject({
    item: z.enum(items),
    attributes: z.record(text, text).default({}),
    region: text,
    price: z.union([z.string(), z.number().transform(String)]).transform((written, context) => {
      const value = tryDecimal(written.trim());
      if (value !== undefined && value.units > 0n) return value;
      context.addIssue({ code: "custom", message: `${written.slice(0, 40)} is not a price above zero` });
      return z.NEVER;
    }),
    currency: z.string().regex(/^[A-Z]{3}$/, "a currency code such as USD"),
    date: z.string().transform((written, context): Day => {
      try {
        return day(written);
      } catch {
        context.addIssue({ code: "custom", message: `${written.slice(0, 40)} is not a day as YYYY-MM-DD` });
        return z.NEVER;
      }
    }),
    source: text,
  })
  .superRefine(({ item, attributes }, context) => {
    const own: readonly string[] = PRICE_ITEMS[item].attributes;
    const given = canonicalAttributes(item, attributes);
    const missing = own.filter((name) => given[name] === undefined || given[name] === "");
    const other = Object.keys(attributes).filter((name) => !own.includes(name));
    if (missing.length > 0)
      context.addIssue({ code: "custom", message: `${item} needs ${missing.join(", ")}` });
    if (other.length > 0) context.addIssue({ code: "custom", message: `${item} has no ${other.join(", ")}` });
  })
  .transform(
    (row): ListPrice => ({
      ...row,
      attributes: canonicalAttributes(row.item, row.attributes),
      currency: row.currency as ListPrice["currency"],
    }),
  );

const fail = (file: string, place: string, problem: string, cause?: unknown) =>
  priceErrors.create("PRICE_LIST_INVALID", { file, place, problem }, { cause });

/**
 * Reads a list of prices: CSV with a header, JSON as an array of objects, or AWS's offer file (JSON).
 * @throws PRICE_LIST_INVALID naming the line or entry
 */
export const parsePriceList = (content: string, file: string): readonly ListPrice[] => {
  const trimmed = content.replace(/^\uFEFF/, "").trimStart();
  return trimmed.startsWith("[") || trimmed.startsWith("{")
    ? parseJson(trimmed, file)
    : parseCsv(trimmed, file);
};

const parseJson = (content: string, file: string): readonly ListPrice[] => {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (cause) {
    throw fail(file, "as a whole", cause instanceof Error ? cause.message.slice(0, 200) : "no JSON", cause);
  }
  if (!Array.isArray(value)) return parseOfferFile(value, (place, problem) => fail(file, place, problem));
  return value.map((entry, index) => row(entry, file, `entry ${index + 1}`));
};

const row = (entry: unknown, file: string, place: string): ListPrice => {
  const parsed = listPriceSchema.safeParse(entry);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join(".") ?? "";
  throw fail(file, place, `${path === "" ? "" : `${path}: `}${issue?.message ?? "is not a price"}`);
};

const COLUMNS = ["item", "attributes", "region", "price", "currency", "date", "source"];

/** Attributes are written `billing=request; engine=POSTGRES`. */
const readAttributes = (written: string, file: string, place: string): Record<string, string> =>
  Object.fromEntries(
    written
      .split(";")
      .filter((part) => part.trim() !== "")
      .map((part) => {
        const [, name, value] = /^\s*([^=]+?)\s*=\s*(.+?)\s*$/.exec(part) ?? [];
        if (name === undefined || value === undefined)
          throw fail(file, place, `attributes: "${part.trim().slice(0, 60)}" is not name=value`);
        return [name, value];
      }),
  );

const parseCsv = (content: string, file: string): readonly ListPrice[] => {
  let records: { readonly record: Record<string, string>; readonly info: { readonly lines: number } }[];
  try {
    records = parse(content, { columns: true, info: true, trim: true, skip_empty_lines: true, comment: "#" });
  } catch (cause) {
    throw fail(file, "as a whole", cause instanceof Error ? cause.message.slice(0, 200) : "no CSV", cause);
  }
  const [first] = records;
  const missing = COLUMNS.filter((name) => first !== undefined && !(name in first.record));
  if (first === undefined || missing.length > 0) {
    throw fail(
      file,
      "line 1",
      first === undefined ? "it has no prices" : `the column ${missing.join(", ")} is missing`,
    );
  }
  return records.map(({ record, info }) => {
    const place = `line ${info.lines}`;
    return row({ ...record, attributes: readAttributes(record.attributes ?? "", file, place) }, file, place);
  });
};
