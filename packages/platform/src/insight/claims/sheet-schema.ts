import { z } from "zod";
import { WEEKDAYS } from "./days.ts";
import { BASES, KINDS, SEVERITIES, STATUSES, VERDICTS } from "./sheet.ts";

const text = z.union([z.string(), z.number()]).transform(String).pipe(z.string().trim().min(1).max(5000));
const words = (separator: RegExp) =>
  z.union([text, z.array(text)]).transform((value) =>
    Array.isArray(value)
      ? value
      : value
          .split(separator)
          .map((word) => word.trim())
          .filter((word) => word !== ""),
  );
const ids = words(/[\s,;]+/);
const phrases = words(/;/);

const claimKeys = {
  says: text,
  at: text,
  is: text,
  or: text,
  kind: z.enum(KINDS),
  basis: z.enum(BASES),
  severity: z.enum(SEVERITIES),
  why: text,
  doubt: text,
  note: text,
  on: text,
  covers: ids,
  "realised-by": ids,
  "not-committable": text,
  needs: ids,
  target: text,
  verdict: z.enum(VERDICTS),
  status: z.enum(STATUSES),
  over: ids,
  open: phrases,
  done: phrases,
  lists: phrases,
  after: ids,
  weekday: z.enum(WEEKDAYS),
  lake: text,
};

/** A claim in its short form is a text, the long form's `says`. */
const claimSchema = z.preprocess(
  (raw) => (typeof raw === "string" || typeof raw === "number" ? { says: raw } : raw),
  z.strictObject(claimKeys).partial(),
);

const claimsMap = z.record(
  z
    .string()
    .regex(
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
      "an id has small letters, digits and single hyphens, and begins with a letter",
    ),
  claimSchema,
);

const sectionKeys = {
  paper: text.optional(),
  basis: z.enum(BASES).optional(),
  kind: z.enum(KINDS).optional(),
  "as-of": text.optional(),
};

/** What a sheet of claims may hold, as YAML gives it; a CSV is brought into this form first. */
export const sheetSchema = z.strictObject({
  claims: claimsMap.optional(),
  sections: z.array(z.strictObject({ title: text.optional(), ...sectionKeys, claims: claimsMap })).optional(),
  title: text.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "a currency has three capital letters")
    .optional(),
  ...sectionKeys,
});

export type RawSheet = z.infer<typeof sheetSchema>;
export type RawClaim = z.infer<typeof claimSchema>;

/** Columns of the CSV form: the keys of a claim, and those of its section. */
export const CSV_COLUMNS: readonly string[] = ["id", "paper", "as-of", ...Object.keys(claimKeys)];
