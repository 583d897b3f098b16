import { z } from "zod";
import type { LineCosts } from "../../ledger/programme/baseline.ts";
import type { Realised } from "../../ledger/programme/status/realised.ts";
import { defineRoutes } from "../contract.ts";
import {
  amountSchema,
  currencySchema,
  daySchema,
  list,
  maybeAmountSchema,
  monthSchema,
  ratioSchema,
} from "./common.ts";
import { told } from "./told.ts";

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

const programmeName = z.strictObject({ id: z.string(), name: z.string() });

/** What somebody opens the page for who answers for the whole: from where, how far, and what is next. */
const programmeFigures = z.strictObject({
  status: z.literal("ready"),
  programme: programmeName,
  /** All there are, those under way first. */
  programmes: list(programmeName),
  currency: currencySchema,
  /** Of a month; null: the bill can't tell, because of `costsReason`. */
  costs: z
    .strictObject({
      before: amountSchema,
      beforeFrom: told<LineCosts["from"]>("Months that `before` is of, or that it is stated."),
      now: maybeAmountSchema,
      nowFrom: told<LineCosts["from"]>("The month that `now` is of.").nullable(),
      target: amountSchema,
      realised: told<Realised>("What verifications have proven; else why nothing."),
    })
    .nullable(),
  costsReason: z.string().nullable(),
  today: daySchema,
  finish: daySchema,
  done: z.int(),
  tasks: list(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      status: z.enum(["todo", "in-progress", "blocked", "done"]),
      owner: z.string().nullable(),
      start: daySchema,
      finish: daySchema,
      isCritical: z.boolean(),
      isLate: z.boolean(),
    }),
  ),
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
  getOverviewProgramme: {
    method: "GET",
    path: "/api/v1/overview/programme",
    summary: "Before and after of a programme, and its tasks over time, without measuring its criteria",
    tag: "Overview",
    access: "read",
    scope: "unrestricted",
    /** Absent: the newest of those under way. */
    query: z.strictObject({ programme: z.string().min(1).max(200).optional() }),
    response: z.discriminatedUnion("status", [
      z.strictObject({ status: z.literal("none") }),
      programmeFigures,
    ]),
  },
});
