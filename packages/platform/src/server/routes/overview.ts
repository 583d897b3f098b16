import { dayOf, instantOf } from "@trimtab/domain";
import { makeOverview } from "../../insight/overview/make-overview.ts";
import type { RouteHandlers } from "../contract.ts";
import type { overviewContracts } from "../contracts/overview.ts";
import { programmeFigures } from "../overview/programme-figures.ts";
import { stateFigures } from "../overview/state-figures.ts";
import type { ServerParts } from "../parts.ts";
import { askingOf } from "../queries/questions.ts";

export const overviewHandlers = ({
  questions,
  state,
  watch,
  clock,
  work,
}: ServerParts): RouteHandlers<typeof overviewContracts> => ({
  getOverviewProgramme: async ({ query, caller, signal }) =>
    await programmeFigures(work, { asked: query.programme, caller, signal }),
  getOverview: async (input) => {
    const { month, currency } = input.query;
    const subject = { month: month ?? null, currency: currency ?? null };
    // An undefined answer could not be kept.
    const { page } = await questions.work("overview", subject, askingOf(input), async (tools) => ({
      page: (await makeOverview(tools.engine, { month, currency }, tools.context)) ?? null,
    }));
    if (page === null) {
      const { version, manifest } = await watch.newest();
      return { status: "empty" as const, lakeVersion: version, isLakeEmpty: manifest.loads.length === 0 };
    }
    // Whose resources recommendations and tasks are about is not in them; see docs/guides/access.md.
    if (input.caller.scope !== "unrestricted")
      return {
        ...page,
        status: "ready" as const,
        savings: null,
        tasks: [],
        hidden: ["savings", "tasks"] as const,
      };
    const figures = await stateFigures(state, page.currency, dayOf(instantOf(clock())));
    return { ...page, ...figures, status: "ready" as const, hidden: [] };
  },
});
