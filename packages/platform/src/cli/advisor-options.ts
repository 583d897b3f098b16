import { settingOptions } from "../advisors/advisor-settings.ts";
import { advisors } from "../advisors/registry.ts";
import type { OptionSpec } from "./command.ts";

/** The settings of every advisor, as options of the commands that ask them. */
export const ADVISOR_OPTIONS: readonly OptionSpec[] = settingOptions(Object.values(advisors)).map(
  ({ name, description, advisor, default: preset }) => ({
    name,
    value: "VALUE",
    description: `${advisor}: ${description}`,
    ...(preset === undefined ? {} : { default: preset }),
  }),
);
