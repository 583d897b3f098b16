import type { Recommendation } from "@trimtab/domain";
import { z } from "zod";
import { RANKINGS } from "../../advisors/rank.ts";
import { SETTING_UNITS } from "../../advisors/setting-meta.ts";
import { defineRoutes } from "../contract.ts";
import { amountSchema, countIn, instantSchema, list } from "./common.ts";
import { told } from "./told.ts";

const STATUSES = ["open", "accepted", "dismissed", "snoozed"] as const;
const RISKS = ["none", "low", "medium", "high"] as const;
const id = z.strictObject({ id: z.string().min(1).max(100) });
const amounts = z.strictObject({
  low: amountSchema,
  mid: amountSchema,
  high: amountSchema,
  currency: z.string(),
});

const recommendationLine = z.strictObject({
  id: z.string(),
  /** Of the record: decisions and assignments name it, so that nobody decides on what has changed meanwhile. */
  version: z.int(),
  advisor: z.string(),
  status: z.enum(STATUSES),
  snoozedUntil: instantSchema.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: instantSchema.nullable(),
  reason: z.string().nullable(),
  /** Since when its advisor no longer finds it. */
  withdrawnAt: instantSchema.nullable(),
  firstSeenAt: instantSchema,
  title: z.string(),
  resource: z.strictObject({
    kind: z.string(),
    id: z.string(),
    name: z.string(),
    provider: z.string(),
    account: z.string(),
    region: z.string(),
  }),
  costNow: z.strictObject({ amount: amountSchema, currency: z.string() }),
  /** A month, net of commitments. */
  saving: amounts,
  risk: z.enum(RISKS),
  effortHours: z.strictObject({ low: amountSchema, mid: amountSchema, high: amountSchema }),
  confidence: z.number(),
  reversibility: z.enum(["reversible", "restorable", "irreversible"]),
  isQuickWin: z.boolean(),
  /** Id of the action that carries it out; null: by hand. */
  action: z.string().nullable(),
  /** Id null: somebody without an account here. */
  assignee: z.strictObject({ id: z.string().nullable(), name: z.string() }).nullable(),
  comments: z.int(),
  /** Ids of those of which one is chosen, and of those that exclude it. */
  alternatives: list(z.string()),
  conflicts: list(z.string()),
  /** The task of a programme that carries it out. */
  task: z.strictObject({ programme: z.string(), task: z.string() }).nullable(),
  plans: list(z.strictObject({ id: z.string(), status: z.string() })),
});

const decision = z.strictObject({
  fromStatus: z.enum(STATUSES),
  toStatus: z.enum(STATUSES),
  reason: z.string().nullable(),
  snoozedUntil: instantSchema.nullable(),
  actor: z.string(),
  at: instantSchema,
});

const setting = z.strictObject({
  name: z.string(),
  description: z.string(),
  kind: z.enum(["number", "text", "switch", "choice"]),
  /** Shares are of 1; times multiply. */
  unit: z.enum(SETTING_UNITS).nullable(),
  /** Null: the advisor decides from the evidence, as `unset` says. */
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  unset: z.string().nullable(),
  /** What the recommendation goes by where no value is set, as far as its guardrails tell. */
  effective: z.number().nullable(),
  min: z.number().nullable(),
  /** The least is above this. */
  exclusiveMin: z.number().nullable(),
  max: z.number().nullable(),
  choices: list(z.string()),
  /** How evidence is read, rather than what has to hold. */
  isEvidence: z.boolean(),
});

export const recommendationContracts = defineRoutes({
  listRecommendations: {
    method: "GET",
    path: "/api/v1/recommendations",
    summary: "What was recommended within one's scope, ranked",
    tag: "Advise",
    access: "read",
    scope: "rows",
    query: z.strictObject({
      status: z.enum([...STATUSES, "all"]).default("open"),
      advisor: z.string().max(100).optional(),
      risk: z.enum(RISKS).optional(),
      account: z.string().max(300).optional(),
      region: z.string().max(100).optional(),
      by: z.enum(RANKINGS).default("roi"),
      withdrawn: z.stringbool().default(false),
      limit: countIn(1, 1000).default(200),
    }),
    response: z.strictObject({
      items: list(recommendationLine),
      /** All there are, shown or not. */
      count: z.int(),
      /** What those that don't exclude each other save together a month; one a currency. */
      together: list(amounts),
      /** What can be narrowed to, among those of the status. */
      narrowings: z.strictObject({
        advisors: list(z.string()),
        accounts: list(z.string()),
        regions: list(z.string()),
      }),
    }),
  },
  getRecommendation: {
    method: "GET",
    path: "/api/v1/recommendations/:id",
    summary: "One recommendation in full: evidence to plot, prices, risk, history",
    tag: "Advise",
    access: "read",
    scope: "rows",
    params: id,
    response: z.strictObject({
      line: recommendationLine,
      recommendation: told<Recommendation>("As `trimtab recommendations show --json` tells its body."),
      decisions: list(decision),
      /** What its advisor was asked with; each can be tried with other values. */
      settings: list(setting),
    }),
  },
  decideRecommendation: {
    method: "POST",
    path: "/api/v1/recommendations/:id/decision",
    summary: "Accept, dismiss, snooze or reopen a recommendation",
    tag: "Advise",
    access: "decide",
    scope: "rows",
    params: id,
    body: z.strictObject({
      version: z.int(),
      status: z.enum(STATUSES),
      reason: z.string().max(1000).optional(),
      until: instantSchema.optional(),
    }),
    response: recommendationLine,
  },
  assignRecommendation: {
    method: "PUT",
    path: "/api/v1/recommendations/:id/assignee",
    summary: "Say who looks after a recommendation",
    tag: "Advise",
    access: "decide",
    scope: "rows",
    params: id,
    /** The id of somebody, as `GET /people/names` has it. */
    body: z.strictObject({ assignee: z.string().min(1).max(100).nullable() }),
    response: recommendationLine,
  },
  tryRecommendation: {
    method: "POST",
    path: "/api/v1/recommendations/:id/what-if",
    summary: "Ask its advisor again about this resource, with other limits; nothing is kept",
    tag: "Advise",
    access: "read",
    scope: "rows",
    params: id,
    body: z.strictObject({
      settings: z.record(z.string().max(100), z.union([z.string().max(1000), z.number(), z.boolean()])),
    }),
    response: z.discriminatedUnion("status", [
      z.strictObject({
        status: z.literal("recommended"),
        recommendations: list(told<Recommendation>("A recommendation.")),
      }),
      z.strictObject({ status: z.literal("fine"), reason: z.string() }),
      z.strictObject({ status: z.literal("abstained"), reason: z.string() }),
    ]),
  },
  advise: {
    method: "POST",
    path: "/api/v1/advice",
    summary: "Ask every advisor about everything, and keep what they find",
    tag: "Advise",
    access: "decide",
    scope: "unrestricted",
    response: z.strictObject({
      lakeVersion: z.int(),
      advisors: list(
        z.strictObject({
          advisor: z.string(),
          resources: z.int(),
          recommended: z.int(),
          fine: z.int(),
          abstained: list(z.strictObject({ resource: z.string(), reason: z.string() })),
        }),
      ),
    }),
  },
});
