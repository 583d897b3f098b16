import { type Day, tryDecimal } from "@trimtab/domain";
import { z } from "zod";
import { parseChange, parseHours, splitEffect } from "./change-text.ts";

const text = z.union([z.string(), z.number()]).transform(String).pipe(z.string().trim().min(1).max(2000));
/** Named as a type of its own: a package's declarations can't spell what makes it one. */
const day: z.ZodType<Day, string> = z.iso.date().transform((value) => value as Day);
const amount = text.refine((value) => tryDecimal(value) !== undefined, "a decimal number");
const key = text.refine(
  (value) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value),
  "an id has small letters, digits and single hyphens",
);
const level = z.enum(["low", "medium", "high"]);
const texts = z.union([text.transform((one) => [one]), z.array(text)]);
const keys = z.union([key.transform((one) => [one]), z.array(key)]);
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "a month such as 2026-01");
const currency = z.string().regex(/^[A-Z]{3}$/, "a currency has three capital letters");

const change = text.superRefine((value, context) => {
  const parsed = parseChange(value);
  if (parsed.status === "unreadable") context.addIssue({ code: "custom", message: parsed.problem });
});
const SHORT_EFFECT = "an effect is `-250 on LINE`, `-30% on LINE, LINE`, or has the keys on and change";
const longEffect = z.strictObject(
  { on: texts, change, from: day.optional(), until: day.optional(), note: text.optional() },
  { error: ({ input }) => (typeof input === "string" ? SHORT_EFFECT : undefined) },
);
/** The short form is a text: `-250 on Cloud Run`. */
const effect = z.preprocess((raw) => (typeof raw === "string" ? (splitEffect(raw) ?? raw) : raw), longEffect);

const task = z.strictObject({
  id: key,
  title: text,
  owner: text.optional(),
  /** The recommendation that it carries out. */
  recommendation: text.optional(),
  starts: day.optional(),
  due: day.optional(),
  /** Work days; absent: those from starts to due, else by the effort. */
  days: z.int().min(1).max(2000).optional(),
  /** Hours of work. */
  effort: text
    .refine((value) => parseHours(value) !== undefined, "hours of work, such as 2, 2..4 or 2/3/6")
    .optional(),
  after: keys.optional(),
  /** Other tasks of the file that it may replace; never both. */
  "instead-of": keys.optional(),
  effects: z.array(effect).optional(),
  /** A cost that never came: told, and in no sum. */
  avoids: amount.optional(),
  deliverables: z.array(text).optional(),
  criteria: z.array(text).optional(),
  notes: texts.optional(),
});

const baseline = z.strictObject({
  measure: z.enum(["effective", "billed", "contracted", "list"]).optional(),
  from: month.optional(),
  to: month.optional(),
  /** Which charges count, in the query language. */
  where: text.optional(),
  /** Name → condition; the first that fits. A list, since their order counts. Absent: the bill's services. */
  lines: z
    .union([
      z
        .record(text, text)
        .transform((lines) => Object.entries(lines).map(([name, condition]) => ({ name, where: condition }))),
      z.array(z.strictObject({ name: text, where: text })),
    ])
    .optional(),
  otherwise: text.optional(),
  /** Name → amount a month, where no bill tells. */
  stated: z.record(text, amount).optional(),
});

const closed = z.boolean().optional();
const incidentTime = z.iso.datetime();

export const programmeSchema = z.strictObject({
  version: z.literal(1),
  name: text,
  currency,
  starts: day,
  ends: day.optional(),
  calendar: z
    .strictObject({ days: z.enum(["working", "every"]).optional(), holidays: z.array(day).optional() })
    .optional(),
  /** Of an hour of work, in the programme's currency. */
  rate: amount.optional(),
  /** People who work on it. */
  people: texts.optional(),
  baseline: baseline.optional(),
  /** What the bill of a month is to be: the whole, or by line. */
  target: amount.optional(),
  targets: z.record(text, amount).optional(),
  tasks: z.array(task).max(1000),
  /** What its authors claim that it saves a month. */
  claims: z
    .array(z.strictObject({ title: text, saving: amount, by: keys.optional(), note: text.optional() }))
    .optional(),
  risks: z
    .array(
      z.strictObject({
        title: text,
        impact: level,
        probability: level,
        trend: z.enum(["rising", "steady", "falling"]),
        mitigation: text,
        closed,
      }),
    )
    .optional(),
  blockers: z
    .array(z.strictObject({ title: text, workaround: text.optional(), tasks: keys.optional(), closed }))
    .optional(),
  incidents: z
    .array(
      z.strictObject({
        title: text,
        startedAt: incidentTime,
        endedAt: incidentTime.optional(),
        effect: text,
        closed,
      }),
    )
    .optional(),
  milestones: z.array(z.strictObject({ title: text, dueOn: day, tasks: keys.optional(), closed })).optional(),
  "sign-offs": z
    .array(z.strictObject({ title: text, by: text, role: text.optional(), statement: text, closed }))
    .optional(),
  lessons: z.array(z.strictObject({ title: text, lesson: text, closed })).optional(),
  budget: z
    .array(
      z.strictObject({
        title: text,
        allocated: amount,
        spent: amount,
        currency: currency.optional(),
        people: z.int().min(0).optional(),
        closed,
      }),
    )
    .optional(),
});

/** A programme as its file says it, in one form: short forms written out, figures as texts. */
export type ProgrammeFile = z.output<typeof programmeSchema>;
export type ProgrammeTask = ProgrammeFile["tasks"][number];

/** Sections of the file that are records, by their kind. */
export const RECORD_SECTIONS = {
  risk: "risks",
  blocker: "blockers",
  incident: "incidents",
  milestone: "milestones",
  "sign-off": "sign-offs",
  lesson: "lessons",
  budget: "budget",
} as const satisfies Readonly<Record<string, keyof ProgrammeFile>>;
export type RecordKind = keyof typeof RECORD_SECTIONS;
