import { ENGINES, type EngineName } from "../query/engines/engine.ts";
import { didYouMean } from "../query/text/nearest-name.ts";
import type { CommandInput, OptionSpec } from "./command.ts";
import { cliErrors } from "./errors.ts";

/** Of every command whose answers a cluster can give as well. */
export const ENGINE_OPTION: OptionSpec = {
  name: "engine",
  value: "NAME",
  env: "TRIMTAB_ENGINE",
  choices: ENGINES,
  default: "duckdb",
  description: "who answers: the embedded engine, or the cluster that docs/guides/cluster.md sets up",
};

/** @throws CLI_OPTION_CHOICE_INVALID for what the environment says; the command line was checked before */
export const engineOf = ({ options }: CommandInput): EngineName => {
  const value = String(options.engine ?? ENGINE_OPTION.default);
  const found = ENGINES.find((name) => name === value);
  if (found !== undefined) return found;
  throw cliErrors.create("CLI_OPTION_CHOICE_INVALID", {
    option: "--engine (TRIMTAB_ENGINE)",
    value,
    suggestion: didYouMean(value, ENGINES),
    choices: ENGINES.join(", "),
  });
};
