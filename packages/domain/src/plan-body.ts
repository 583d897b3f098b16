import type { GuardrailLimit, Reversibility, SettingChange } from "./advice.ts";
import type { Instant } from "./calendar.ts";
import type { Json } from "./canonical-json.ts";
import type { ResourceRef } from "./resource.ts";

/** Settings of a live resource, as far as they matter. */
export type LiveSettings = { readonly [setting: string]: Json };

/** Program and arguments as the operating system takes them. */
export interface PlanCommand {
  readonly tool: "gcloud" | "aws" | "kubectl" | "terraform" | "gsutil";
  readonly args: readonly string[];
  /** Commands whose one printed word stands for each argument that equals the placeholder, asked right before it runs. */
  readonly lookups?: Readonly<Record<string, Pick<PlanCommand, "tool" | "args">>>;
  /** That what it deletes is not there is no failure. */
  readonly mayBeGone?: true;
}

/** What must hold while a step is watched, and how it is asked. Without a query it can't be watched. */
export interface PlanGuardrail extends GuardrailLimit {
  readonly query?: string;
  /** The same question of the old and of the new version alone, while a canary runs. */
  readonly controlQuery?: string;
  readonly canaryQuery?: string;
}

/** What one stage of a canary can't show. */
export interface CanaryPower {
  /** Requests that the new version gets while the stage is watched; absent: the traffic is not known. */
  readonly requests?: number;
  /** Smallest rise of a share of requests (failed, or slower than today's P95) found 4 times in 5, e.g. 0.012. */
  readonly smallestRise?: number;
  readonly about: string;
}

export interface PlanStep {
  readonly id: string;
  readonly title: string;
  readonly recommendation: string;
  readonly action: string;
  readonly resource: ResourceRef;
  /** Steps that must have been done before it. */
  readonly dependsOn: readonly string[];
  readonly read: PlanCommand;
  /** Commands that tell the rest of its state. */
  readonly readMore?: readonly PlanCommand[];
  /** All that was read of the resource when the plan was made. */
  readonly recorded: LiveSettings;
  readonly before: LiveSettings;
  readonly apply: readonly PlanCommand[];
  readonly after: LiveSettings;
  readonly rollback: readonly PlanCommand[];
  readonly restored: LiveSettings;
  readonly reversibility: Reversibility;
  readonly settleSeconds: number;
  readonly watchSeconds: number;
  readonly guardrails: readonly PlanGuardrail[];
  readonly canary?: {
    readonly sharePercent: number;
    readonly control: string;
    readonly canary: string;
    readonly power: CanaryPower;
  };
}

/** Money in a plan, for its digest is over JSON: decimals as texts. */
export interface PlanAmount {
  readonly currency: string;
  readonly amount: string;
}

export interface PlanEstimate {
  readonly currency: string;
  readonly low: string;
  readonly mid: string;
  readonly high: string;
}

export interface PlannedChange {
  /** Id of the recommendation in the state database. */
  readonly id: string;
  readonly revision: number;
  readonly title: string;
  readonly action: string;
  readonly resource: ResourceRef;
  readonly changes: readonly SettingChange[];
  readonly costNow: PlanAmount;
  readonly saving: PlanEstimate;
  readonly terraform?: { readonly type: string; readonly attributes: LiveSettings };
}

/** So many people, of these if they are named, have to approve. Every approval counts for one rule. */
export interface PlanApproval {
  readonly about: string;
  readonly needs: number;
  /** Empty: anybody. */
  readonly approvers: readonly string[];
}

/** What a plan is: everything that is approved and run, frozen under one digest. */
export interface PlanBody {
  readonly format: 1;
  readonly madeAt: Instant;
  readonly program: string;
  readonly changes: readonly PlannedChange[];
  readonly steps: readonly PlanStep[];
  readonly approvals: readonly PlanApproval[];
  /** Whether who made the plan may be the only one who approves it. */
  readonly creatorMayApproveAlone: boolean;
  readonly resources: number;
  /** What the touched resources cost a month today. */
  readonly moneyAtRisk: readonly PlanAmount[];
  readonly saving: readonly PlanEstimate[];
  /** While old and new run side by side, they cost at most this more, once. */
  readonly overlap: readonly PlanAmount[];
  readonly policy: { readonly digest: string; readonly rules: { readonly [rule: string]: Json } };
  readonly facts: readonly { readonly text: string; readonly source: string; readonly date: string }[];
  readonly notes: readonly string[];
}

/** Whether every setting that is named is so; settings that are not named may be anything. */
export function holds(wanted: LiveSettings, live: LiveSettings): boolean {
  return Object.entries(wanted).every(([setting, value]) => sameJson(value, live[setting]));
}

/** Where live settings are not as they should be, in words. */
export function differences(wanted: LiveSettings, live: LiveSettings): readonly string[] {
  return Object.entries(wanted).flatMap(([setting, value]) => {
    const is = live[setting];
    if (sameJson(value, is)) return [];
    return [
      `${setting} is ${is === undefined ? "not there" : JSON.stringify(is)}, not ${JSON.stringify(value)}`,
    ];
  });
}

function sameJson(a: Json, b: Json | undefined): boolean {
  if (a === b) return true;
  if (b === undefined || typeof a !== "object" || typeof b !== "object" || a === null || b === null)
    return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = b as { readonly [key: string]: Json };
  return left.length === Object.keys(b).length && left.every(([key, value]) => sameJson(value, right[key]));
}
