import { TrimtabError } from "@trimtab/domain";
import type { LoadedProgramme } from "../../loop/programme/load-board.ts";
import type { ToDo } from "../../loop/to-do-now.ts";
import { defineCommand } from "../command.ts";
import { PROGRAMME_ARGUMENT } from "../programme/programme-options.ts";
import { QUERY_OPTIONS } from "../query-context.ts";

export const summaryCommand = defineCommand({
  name: "summary",
  summary: "before and after, what is done, the timeline, and what to do now",
  group: "advise",
  details: [
    "Reads the state database and the lake; asks no advisor, so it is quick. `trimtab run` does the whole loop.",
  ],
  args: [PROGRAMME_ARGUMENT],
  options: QUERY_OPTIONS,
  examples: [{ run: "trimtab summary", does: "on one screen" }],
  async run(context, input) {
    const { summaryDocument } = await import("../views/summary.ts");
    const { namedProgramme, workOf } = await import("../work.ts");
    const { services } = context;
    const { engine } = await services.findState();
    const isThere = await engine.exists();
    const loaded = isThere ? await programmeOrNothing(() => load()) : undefined;
    const todo: readonly ToDo[] = isThere ? await waits() : [];
    const { loadStatus } = await import("../../loop/programme/load-status.ts");
    const status =
      loaded === undefined ? undefined : await loadStatus(await workOf(context, input), loaded, "weekly");
    const page = {
      ...(loaded === undefined ? {} : { loaded }),
      ...(status === undefined ? {} : { status }),
      todo,
    };
    return { document: summaryDocument(page, services.clock()), json: { status: status ?? null, todo } };

    async function load(): Promise<LoadedProgramme> {
      const { loadProgramme } = await import("../../loop/programme/load-board.ts");
      return await loadProgramme(await workOf(context, input), await namedProgramme(context, input));
    }
    async function waits(): Promise<readonly ToDo[]> {
      const { toDoNow } = await import("../../loop/to-do-now.ts");
      return await toDoNow(await services.openState());
    }
  },
});

/** No programme is no error here: there may be work without one. */
async function programmeOrNothing(
  load: () => Promise<LoadedProgramme>,
): Promise<LoadedProgramme | undefined> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof TrimtabError && error.code === "PROGRAMME_NOT_CHOSEN") return undefined;
    throw error;
  }
}
