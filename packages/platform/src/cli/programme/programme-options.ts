import type { ArgumentSpec, OptionSpec } from "../command.ts";
import { QUERY_OPTIONS } from "../query-context.ts";

export const PROGRAMME_ARGUMENT: ArgumentSpec = {
  name: "name",
  description: "name of the programme; may be left out where there is only one",
};

export const FILE_OPTION: OptionSpec = {
  name: "file",
  value: "FILE",
  description: "read this file, and leave the state database alone",
};

/** Of commands that ask the lake: amounts stay in the programme's currency. */
export const LAKE_OPTIONS: readonly OptionSpec[] = QUERY_OPTIONS.filter(({ name }) => name !== "rates");
