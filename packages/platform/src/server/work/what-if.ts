import { decimal, type Json, type Recommendation } from "@trimtab/domain";
import { z } from "zod";
import { advise } from "../../advisors/advise.ts";
import type { AdvisorDefinition } from "../../advisors/advisor.ts";
import { readSettings } from "../../advisors/advisor-settings.ts";
import { fillEvidence } from "../../advisors/fill-evidence.ts";
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
  readonly kind: "number" | "text" | "switch";
  readonly value: Value | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** The settings of an advisor with the values that it was asked with. */
export const shownSettings = (
  advisor: AdvisorDefinition | undefined,
  asked: { readonly [name: string]: Json },
): readonly ShownSetting[] => {
  if (advisor === undefined) return [];
  const { properties = {} } = z.toJSONSchema(advisor.settings, { io: "input", unrepresentable: "any" });
  return Object.entries(properties).flatMap(([name, schema]) => {
    if (name === "timeZone" || typeof schema === "boolean") return [];
    const value = asked[name] ?? null;
    if (value !== null && typeof value === "object") return [];
    const isNumber = schema.type === "number" || schema.type === "integer";
    return [
      {
        name,
        description: schema.description ?? name,
        kind: isNumber ? "number" : schema.type === "boolean" ? "switch" : "text",
        value,
        min: limitOf(schema.minimum ?? schema.exclusiveMinimum),
        max: limitOf(schema.maximum),
      } satisfies ShownSetting,
    ];
  });
};

/** A whole number without a limit of its own has the largest one that a double holds. */
const limitOf = (value: unknown): number | null =>
  typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null;

/** Asks one advisor about one resource, with other settings; nothing is kept. @throws ADVISOR_SETTING_INVALID, LAKE_* */
export const tryAdvisor = async (
  work: Work,
  advisor: AdvisorDefinition,
  resource: string,
  settings: Readonly<Record<string, Value>>,
): Promise<WhatIf> => {
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
      now: work.services.clock(),
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
