import type { Command } from "../action.ts";
import { actionErrors } from "../errors.ts";

const ONE_WORD = /^[A-Za-z0-9][\w.:/-]*$/;

/**
 * The command with its lookups asked for and filled in; `print` runs a command and gives what it printed.
 * @throws ACTION_LOOKUP_FAILED where a lookup prints anything but one word (aws prints `None` for nothing)
 */
export async function resolveCommand(
  command: Command,
  print: (command: Command) => Promise<string>,
): Promise<Command> {
  const { lookups, tool, args } = command;
  if (lookups === undefined) return command;
  const words = new Map<string, string>();
  for (const [placeholder, lookup] of Object.entries(lookups)) {
    const printed = (await print(lookup)).trim();
    if (!ONE_WORD.test(printed) || printed === "None")
      throw actionErrors.create("ACTION_LOOKUP_FAILED", {
        tool: lookup.tool,
        placeholder,
        reason: printed === "" ? "nothing" : printed.slice(0, 80),
      });
    words.set(placeholder, printed);
  }
  return { tool, args: args.map((arg) => words.get(arg) ?? arg) };
}
