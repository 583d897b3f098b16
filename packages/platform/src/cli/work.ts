import { resolve } from "node:path";
import type { NamedProgramme } from "../loop/programme/load-board.ts";
import type { Work } from "../loop/work.ts";
import { actorOf } from "./actor.ts";
import type { CommandContext, CommandInput } from "./command.ts";
import { engineOf } from "./engine-option.ts";
import { queryContext, readOptionFile } from "./query-context.ts";

/** What the loop works with, from the options of the command line. @throws as `queryContext` */
export async function workOf(context: CommandContext, input: CommandInput): Promise<Work> {
  const { services, env, signal } = context;
  return {
    services,
    openEngine: () => services.openEngine(engineOf(input)),
    query: await queryContext(context, input),
    actor: actorOf(env),
    signal,
  };
}

/** The programme that `--file` or the argument names. @throws CLI_FILE_UNREADABLE */
export async function namedProgramme(
  { cwd }: CommandContext,
  { args, options }: CommandInput,
): Promise<NamedProgramme> {
  const { file } = options;
  if (typeof file === "string") return { file, text: await readOptionFile("--file", resolve(cwd, file)) };
  return { name: typeof args.name === "string" ? args.name : undefined };
}
