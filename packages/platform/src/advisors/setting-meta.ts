import type { GuardrailLimit } from "@trimtab/domain";
import type { z } from "zod";

/** Shares are of 1; times multiply. */
export const SETTING_UNITS = ["days", "ms", "share", "instances", "times"] as const;

export type SettingUnit = (typeof SETTING_UNITS)[number];

/** What people are told of an advisor's setting: as an option of the command line, in the docs, as a slider. */
export interface SettingMeta {
  readonly description: string;
  readonly unit?: SettingUnit;
  /** Of one without a default: what counts then, in words. */
  readonly unset?: string;
  /** The guardrail of a recommendation that holds it to this setting; `spare`: to what is left of 1. */
  readonly guardrail?: Pick<GuardrailLimit, "metric" | "statistic"> & { readonly spare?: true };
  /** How evidence is read, rather than what has to hold. */
  readonly isEvidence?: true;
}

/** For a schema's `.meta()`. */
export const about = (meta: SettingMeta): z.core.GlobalMeta => ({ ...meta });

export const metaOf = (schema: z.ZodType): SettingMeta => {
  const { description = "", ...rest } = schema.meta() ?? {};
  return { ...(rest as Omit<SettingMeta, "description">), description };
};
