import { z } from "zod";
import { defineRoutes } from "../contract.ts";
import { amountSchema, currencySchema, list, maybeAmountSchema, monthSchema, ratioSchema } from "./common.ts";

const monthFigure = z.strictObject({
  month: monthSchema,
  /** Effective cost; billed where the bill can't tell it; null: unknown. */
  amount: maybeAmountSchema,
  status: z.enum(["open", "closed"]),
  /** Days that have charges, of the days of the month. */
  days: z.int(),
  ofDays: z.int(),
});

const shareLine = z.strictObject({
  name: z.string().nullable(),
  amount: amountSchema,
  share: ratioSchema,
  /** Of the month before; where this month is open, of its same days. */
  before: amountSchema,
  change: amountSchema,
});

const estimate = z.strictObject({
  low: amountSchema,
  mid: amountSchema,
  high: amountSchema,
  count: z.int(),
});

const overviewSchema = z.strictObject({
  lakeVersion: z.int(),
  completeTo: z.string().nullable(),
  /** Of all amounts. */
  currency: currencySchema,
  /** That the page can be told in. */
  currencies: list(z.string()),
  basis: z.string(),
  measure: z.enum(["effective", "billed"]),
  /** Months with charges, oldest first. */
  months: list(monthSchema),
  current: monthFigure,
  previous: monthFigure.nullable(),
  /** Against the month before; where this month is open, its complete days against the same days. Null: there is none. */
  change: z
    .strictObject({
      amount: amountSchema,
      rate: ratioSchema,
      days: z.int(),
      /** How much a day changed where the months differ in length. */
      ratePerDay: ratioSchema,
      before: amountSchema,
      after: amountSchema,
    })
    .nullable(),
  /** Twelve months, oldest first; those before the first charge are left out. */
  trend: list(monthFigure),
  services: list(shareLine),
  accounts: list(shareLine),
  regions: list(shareLine),
  /** What the lists above do not show, together: by list. */
  rest: z.strictObject({
    services: maybeAmountSchema,
    accounts: maybeAmountSchema,
    regions: maybeAmountSchema,
  }),
  /** Services whose cost changed most, with why. */
  movers: list(
    z.strictObject({
      name: z.string().nullable(),
      before: amountSchema,
      after: amountSchema,
      change: amountSchema,
      /** They sum to the change, to the last digit. */
      drivers: list(z.strictObject({ id: z.string(), meaning: z.string(), amount: amountSchema })),
    }),
  ),
  /** What the movers compare. */
  compared: z
    .strictObject({
      from: z.strictObject({ start: z.string(), end: z.string(), days: z.int() }),
      to: z.strictObject({ start: z.string(), end: z.string(), days: z.int() }),
    })
    .nullable(),
  unitCosts: list(
    z.strictObject({
      metric: z.string(),
      unit: z.string(),
      cost: maybeAmountSchema,
      before: maybeAmountSchema,
      target: maybeAmountSchema,
      trend: list(z.strictObject({ month: monthSchema, cost: maybeAmountSchema })),
    }),
  ),
  tags: list(z.strictObject({ key: z.string(), tagged: amountSchema, share: ratioSchema })),
  /** A month, in the page's currency. Null: hidden from callers with a scope, or nobody has asked for advice yet. */
  savings: z
    .strictObject({
      found: estimate,
      accepted: estimate,
      approved: estimate,
      realised: estimate,
      /** Recommendations and verifications in other currencies, which are in no sum. */
      otherCurrencies: z.int(),
    })
    .nullable(),
  /** Of all programmes: open tasks, those due first. */
  tasks: list(
    z.strictObject({
      id: z.string(),
      programme: z.strictObject({ id: z.string(), name: z.string() }),
      title: z.string(),
      owner: z.string().nullable(),
      status: z.string(),
      dueOn: z.string().nullable(),
      isOverdue: z.boolean(),
    }),
  ),
  /** Parts of the page that one's scope hides. */
  hidden: list(z.enum(["savings", "tasks"])),
  notes: list(z.string()),
});

export const overviewContracts = defineRoutes({
  getOverview: {
    method: "GET",
    path: "/api/v1/overview",
    summary:
      "The page that is opened first: spend, trend, where it goes, what changed and why, savings, tasks",
    tag: "Overview",
    access: "read",
    scope: "query",
    query: z.strictObject({
      /** Absent: the newest month with charges. */
      month: monthSchema.optional(),
      /** Absent: the one that most is billed in. */
      currency: currencySchema.optional(),
    }),
    /** `empty`: there are no charges that the caller may see. */
    response: z.discriminatedUnion("status", [
      z.strictObject({ status: z.literal("empty"), lakeVersion: z.int(), isLakeEmpty: z.boolean() }),
      overviewSchema.extend({ status: z.literal("ready") }),
    ]),
  },
});
