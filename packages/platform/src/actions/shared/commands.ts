import type { ResourceScope } from "@trimtab/domain";
import type { Command } from "../action.ts";
import { actionErrors } from "../errors.ts";

/** A gcloud command of a project, which never asks and prints JSON. */
export const gcloud = (scope: ResourceScope, ...args: readonly string[]): Command => ({
  tool: "gcloud",
  args: [...args, `--project=${word("project", scope.account)}`, "--format=json", "--quiet"],
});

/** An aws command of a region that prints JSON. */
export const aws = (scope: ResourceScope, ...args: readonly string[]): Command => ({
  tool: "aws",
  args: [...args, "--region", word("region", scope.region), "--output", "json"],
});

/** The same command, printing one word as a lookup needs it. */
export const asText = (command: Command, query: string): Command => ({
  ...command,
  args: [...command.args.slice(0, -1), "text", "--query", query],
});

const WORD = /^[A-Za-z0-9][\w.:/@+-]*$/;

/** A name as an argument of its own. @throws ACTION_NAME_INVALID for one that could be taken for an option */
export function word(what: string, name: string): string {
  if (!WORD.test(name)) throw actionErrors.create("ACTION_NAME_INVALID", { what, name: name.slice(0, 80) });
  return name;
}
