import { createHash } from "node:crypto";
import { tryDecimal } from "@trimtab/domain";
import { parse } from "yaml";
import { z } from "zod";
import { applyErrors } from "../errors.ts";

const name = z.string().trim().min(1).max(200);
const share = z.int().min(1).max(100);
const metricName = z.string().regex(/^[a-z.]+\/[a-z0-9]+$/, "METRIC/STATISTIC, e.g. request.latency/p95");

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "HH:MM, in quotes");

const timeZone = z.string().refine((zone) => {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}, "an IANA name, such as Europe/Berlin");

const windowSchema = z.strictObject({
  days: z
    .array(z.enum(DAYS))
    .min(1)
    .default([...DAYS]),
  from: time,
  /** Before `from`: on the next day. */
  to: time,
  timeZone: timeZone.default("UTC"),
});

const ruleSchema = z.strictObject({
  about: name,
  /** All that is named must hold; nothing named: every step. */
  when: z
    .strictObject({
      action: name.optional(),
      reversibility: z.enum(["reversible", "restorable", "irreversible"]).optional(),
      account: name.optional(),
      resource: name.optional(),
    })
    .default({}),
  needs: z.int().min(0).max(10),
  approvers: z.array(name).default([]),
});

const delegationSchema = z.strictObject({
  from: name,
  to: name,
  /** `about` of the rules that it is for; absent: all. */
  rules: z.array(name).optional(),
  /** The last moment of it. */
  until: z.iso.datetime(),
});

const policySchema = z.strictObject({
  version: z.literal(1),
  approvals: z
    .strictObject({
      /** The first rule that a step meets counts for it. */
      rules: z.array(ruleSchema).default([]),
      creatorMayApproveAlone: z.boolean().default(false),
      delegations: z.array(delegationSchema).default([]),
    })
    .prefault({}),
  limits: z
    .strictObject({
      resources: z.int().min(1).optional(),
      /** What the touched resources may cost a month, by currency. */
      monthlyCost: z
        .record(
          z.string().regex(/^[A-Z]{3}$/),
          z.string().refine((text) => tryDecimal(text) !== undefined, "a decimal number in quotes"),
        )
        .optional(),
    })
    .prefault({}),
  windows: z.array(windowSchema).default([]),
  /** Production resources whose counterpart is changed first. */
  stagingFirst: z.array(z.strictObject({ staging: name, before: name })).default([]),
  validHours: z
    .int()
    .min(1)
    .max(24 * 90)
    .default(72),
  canaryShares: z.array(share).min(1).optional(),
  /** Instead of each action's own watch window. */
  watchSeconds: z.int().min(0).max(86_400).optional(),
  killSwitchFile: name.optional(),
  guardrails: z
    .strictObject({
      prometheus: z.url({ protocol: /^https?$/ }),
      intervalSeconds: z.int().min(1).max(3600).default(15),
      /** Without an answer for longer than this counts as a breach. */
      graceSeconds: z.int().min(0).max(3600).default(60),
      /** Breaches in a row until it counts. */
      breaches: z.int().min(1).max(100).default(2),
      queries: z.record(metricName, z.string().min(1).max(4000)),
      /** How much worse a canary may be than the old version: 0.05 is 5 % of a latency, 0.001 of a share one of a thousand. */
      margins: z.record(metricName, z.number().min(0).max(10)).default({}),
    })
    .optional(),
});

/** What people agreed on about changes. */
export type Policy = z.output<typeof policySchema>;
export type PolicyWindow = z.output<typeof windowSchema>;

export interface ReadPolicy {
  readonly policy: Policy;
  /** SHA-256 of the text; of nothing where there is no file. */
  readonly digest: string;
}

/** Without a file: one approval by anybody, no limits, no windows, nothing watched. */
export const DEFAULT_POLICY: ReadPolicy = {
  policy: policySchema.parse({
    version: 1,
    approvals: { rules: [{ about: "every change", needs: 1 }], creatorMayApproveAlone: true },
  }),
  digest: createHash("sha256").update("").digest("hex"),
};

/** @throws POLICY_INVALID */
export const parsePolicy = (text: string, file: string): ReadPolicy => {
  const refuse = (reason: string, cause?: unknown) =>
    applyErrors.create("POLICY_INVALID", { file, reason }, { cause });
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    throw refuse(cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause), cause);
  }
  const parsed = policySchema.safeParse(value);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    throw refuse(`${first?.path.join(".") || "file"}: ${first?.message ?? "unreadable"}`);
  }
  return { policy: parsed.data, digest: createHash("sha256").update(text).digest("hex") };
};

/** A policy as it was frozen into a plan. */
export const frozenPolicy: z.ZodType<Policy> = policySchema;
