import { instant } from "@trimtab/domain";
import type { CommandContext, CommandInput, OptionSpec } from "./command.ts";

export const AT_OPTION: OptionSpec = {
  name: "at",
  value: "MOMENT",
  description:
    "as of this UTC moment or day, e.g. 2026-02-01T00:00:00Z: the use before it counts (default: now)",
};

/** The same context with its clock stopped at `--at`, where that was given. @throws DAY_INVALID, INSTANT_INVALID */
export function contextAt(context: CommandContext, { options }: CommandInput): CommandContext {
  if (typeof options.at !== "string") return context;
  const text = options.at;
  const at = Date.parse(instant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text));
  return { ...context, services: { ...context.services, clock: () => new Date(at) } };
}
