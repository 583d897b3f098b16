import type { Json } from "@trimtab/domain";
import { z } from "zod";
import type { AdvisorDefinition } from "./advisor.ts";
import { adviceErrors } from "./errors.ts";
import { metaOf } from "./setting-meta.ts";

/** Settings by advisor, with their defaults in place. */
export interface AdvisorSettings {
  readonly of: (advisor: AdvisorDefinition) => { readonly [name: string]: Json };
}

/** A setting as an option of the command line: `idleDays` is `--idle-days`. */
export interface SettingOption {
  readonly name: string;
  readonly setting: string;
  readonly advisor: string;
  readonly description: string;
  /** Absent: the advisor decides from the evidence. */
  readonly default?: string;
}

/** Every setting but the time zone, which is an option of every command. */
export function settingOptions(advisors: readonly AdvisorDefinition[]): readonly SettingOption[] {
  return advisors.flatMap(({ id, settings }) =>
    Object.entries(settings.shape)
      .filter(([setting]) => setting !== "timeZone")
      .map(([setting, schema]) => {
        const preset = (schema as z.ZodType).safeParse(undefined).data;
        const { description, unset } = metaOf(schema as z.ZodType);
        return {
          name: optionName(setting),
          setting,
          advisor: id,
          description: unset === undefined ? description : `${description}; default: ${unset}`,
          ...(preset === undefined ? {} : { default: String(preset) }),
        };
      }),
  );
}

const optionName = (setting: string): string =>
  setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * What was typed, as the advisors want it: numbers are read as numbers.
 * @param typed by name of the setting
 * @throws ADVISOR_SETTING_INVALID
 */
export function readSettings(
  advisors: readonly AdvisorDefinition[],
  typed: Readonly<Record<string, string>>,
): AdvisorSettings {
  const read = new Map(
    advisors.map(({ id, settings }) => {
      const own = Object.entries(settings.shape).flatMap(([name, schema]) => {
        const text = typed[name];
        return text === undefined ? [] : [[name, typedValue(text, schema as z.ZodType)]];
      });
      const parsed = settings.safeParse(Object.fromEntries(own));
      if (parsed.success) return [id, parsed.data as { readonly [name: string]: Json }];
      const [issue] = parsed.error.issues;
      const setting = String(issue?.path[0] ?? "");
      throw adviceErrors.create("ADVISOR_SETTING_INVALID", {
        setting: `--${optionName(setting)}`,
        value: typed[setting] ?? "",
        reason: issue?.message ?? z.prettifyError(parsed.error),
      });
    }),
  );
  return { of: ({ id }) => read.get(id) ?? {} };
}

/** A number where the setting takes one, else the text: the schema says what is wrong with it. */
function typedValue(text: string, schema: z.ZodType): string | number | boolean {
  if (typeof schema.safeParse(undefined).data === "boolean") return text === "true";
  const isNumber = typeof schema.safeParse(undefined).data === "number";
  return isNumber && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
