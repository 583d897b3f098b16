import { decimal, type GuardrailLimit, type Json, type Recommendation } from "@trimtab/domain";
import { z } from "zod";
import { advise } from "../../advisors/advise.ts";
import type { AdvisorDefinition } from "../../advisors/advisor.ts";
import { readSettings } from "../../advisors/advisor-settings.ts";
import { fillEvidence } from "../../advisors/fill-evidence.ts";
import { metaOf, type SettingMeta, type SettingUnit } from "../../advisors/setting-meta.ts";
import { openAdviceSources } from "../../loop/advice-sources.ts";
import type { Work } from "../../loop/work.ts";

export type Value = string | number | boolean;

export type WhatIf =
  | { readonly status: "recommended"; readonly recommendations: readonly Recommendation[] }
  | { readonly status: "fine" | "abstained"; readonly reason: string };

/** A setting of an advisor, as a form shows it. */
export interface ShownSetting {
  readonly name: string;
  readonly description: string;
  readonly kind: "number" | "text" | "switch" | "choice";
  readonly unit: SettingUnit | null;
  /** Null: the advisor decides from the evidence, as `unset` says. */
  readonly value: Value | null;
  readonly unset: string | null;
  /** What the recommendation goes by where no value is set, as far as its guardrails tell. */
  readonly effective: number | null;
  readonly min: number | null;
  /** The least is above this. */
  readonly exclusiveMin: number | null;
  readonly max: number | null;
  readonly choices: readonly string[];
  readonly isEvidence: boolean;
}

const effectiveOf = ({ guardrail }: SettingMeta, limits: readonly GuardrailLimit[]): number | null => {
  if (guardrail === undefined) return null;
  const { metric, statistic, spare = false } = guardrail;
  const limit = limits.find((one) => one.metric === metric && one.statistic === statistic)?.limit;
  if (limit === undefined) return null;
  // 1 − 0.999 in binary is not 0.001.
  return spare ? Number((1 - limit).toFixed(9)) : limit;
};

/** The settings of an advisor with the values that it was asked with. */
export const shownSettings = (
  advisor: AdvisorDefinition | undefined,
  asked: { readonly [name: string]: Json },
  { guardrails }: Pick<Recommendation, "guardrails">,
): readonly ShownSetting[] => {
  if (advisor === undefined) return [];
  const { properties = {} } = z.toJSONSchema(advisor.settings, { io: "input", unrepresentable: "any" });
  return Object.entries(properties).flatMap(([name, schema]) => {
    if (name === "timeZone" || typeof schema === "boolean") return [];
    const value = asked[name] ?? null;
    if (value !== null && typeof value === "object") return [];
    const meta = metaOf(advisor.settings.shape[name] as z.ZodType);
    return [
      {
        name,
        description: meta.description,
        kind: kindOf(schema),
        unit: meta.unit ?? null,
        value,
        unset: meta.unset ?? null,
        effective: value === null ? effectiveOf(meta, guardrails) : null,
        min: limitOf(schema.minimum),
        exclusiveMin: limitOf(schema.exclusiveMinimum),
        max: limitOf(schema.maximum),
        choices: (schema.enum ?? []).map(String),
        isEvidence: meta.isEvidence ?? false,
      } satisfies ShownSetting,
    ];
  });
};

const kindOf = ({ type, enum: choices }: z.core.JSONSchema.BaseSchema): ShownSetting["kind"] => {
  if (type === "number" || type === "integer") return "number";
  if (type === "boolean") return "switch";
  return choices === undefined ? "text" : "choice";
};

/** A whole number without a limit of its own has the largest one that a double holds. */
const limitOf = (value: unknown): number | null =>
  typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null;

export interface Trial {
  readonly advisor: AdvisorDefinition;
  /** What it said: the evidence ends where it did then, so that only the settings differ. */
  readonly before: Recommendation;
  readonly settings: Readonly<Record<string, Value>>;
}

/** When the evidence of a recommendation ends: the moment that it was looked at. */
const lookedAt = ({ evidence }: Recommendation): Date | undefined => {
  const ends = evidence.map(({ end }) => Date.parse(end));
  return ends.length === 0 ? undefined : new Date(Math.max(...ends));
};

/** Asks one advisor about one resource, with other settings; nothing is kept. @throws ADVISOR_SETTING_INVALID, LAKE_* */
export const tryAdvisor = async (work: Work, { advisor, before, settings }: Trial): Promise<WhatIf> => {
  const resource = before.resource.id;
  const sources = await openAdviceSources(work);
  const typed = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
  // The others stay in the inventory: what a resource refers to is looked up there.
  const report = await advise(
    { ...sources, inventory: sources.inventory },
    {
      advisors: [
        {
          ...advisor,
          kinds: advisor.kinds,
          passOver: (item, own) =>
            item.id === resource ? advisor.passOver?.(item, own) : "another resource",
        },
      ],
      settings: readSettings([advisor], { timeZone: work.query.timeZone, ...typed }),
      hourlyCost: decimal("1"),
      now: lookedAt(before) ?? work.services.clock(),
      signal: work.signal,
    },
  );
  const [said] = report.advisors;
  const abstained = said?.abstained.find((one) => one.resource.id === resource);
  if (abstained !== undefined) return { status: "abstained", reason: abstained.reason };
  if (report.recommendations.length === 0)
    return { status: "fine", reason: "With these limits it is right as it is." };
  return {
    status: "recommended",
    recommendations: await fillEvidence(report.recommendations, { ...sources, signal: work.signal }),
  };
};
