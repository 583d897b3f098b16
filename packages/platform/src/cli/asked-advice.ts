import type { AdvisorDefinition } from "../advisors/advisor.ts";
import type { AskedAdvice } from "../loop/ask-advisors.ts";
import type { CommandContext, CommandInput } from "./command.ts";
import { amountOption } from "./option-values.ts";

/** Which advisors the command line names (none: all), and their settings. @throws ADVISOR_SETTING_INVALID, CLI_* */
export async function askedAdvice(
  { timeZone, progress }: CommandContext,
  { options, args }: CommandInput,
): Promise<AskedAdvice> {
  const { advisors } = await import("../advisors/registry.ts");
  const { readSettings, settingOptions } = await import("../advisors/advisor-settings.ts");
  const named = Array.isArray(args.advisors) ? args.advisors : [];
  const all: readonly AdvisorDefinition[] = Object.values(advisors);
  const typed = Object.fromEntries(
    settingOptions(all).flatMap(({ name, setting }) => {
      const value = options[name];
      return typeof value === "string" ? [[setting, value]] : [];
    }),
  );
  return {
    advisors: named.length === 0 ? all : all.filter(({ id }) => named.includes(id)),
    settings: readSettings(all, { ...typed, timeZone }),
    hourlyCost: amountOption("--hourly-cost", options["hourly-cost"]),
    onProgress: (advisor, done, of) => progress.step(`Asking ${advisor}`, done, of, "resources"),
  };
}
