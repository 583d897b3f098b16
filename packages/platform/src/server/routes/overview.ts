import { dayOf, instantOf } from "@trimtab/domain";
import { makeOverview } from "../../insight/overview/make-overview.ts";
import type { Overview } from "../../insight/overview/overview.ts";
import { keepReads } from "../../state/kept-reads.ts";
import type { RouteHandlers } from "../contract.ts";
import type { overviewContracts } from "../contracts/overview.ts";
import { programmeFigures } from "../overview/programme-figures.ts";
import { type StateFigures, stateFigures } from "../overview/state-figures.ts";
import type { ServerParts } from "../parts.ts";
import { deriving } from "../queries/deriving.ts";
import { askingOf } from "../queries/questions.ts";

/** Whose resources recommendations and tasks are about is not in them; see docs/guides/access.md. */
const hideFigures = deriving((page: Overview) => ({
  ...page,
  status: "ready" as const,
  savings: null,
  tasks: [],
  hidden: ["savings" as const, "tasks" as const],
}));

/** One answer for a page and figures, for as long as both stay the same. */
const pagesWith = deriving((_figures: StateFigures) =>
  deriving((page: Overview, figures: StateFigures) => ({
    ...page,
    ...figures,
    status: "ready" as const,
    hidden: [],
  })),
);

export const overviewHandlers = ({
  questions,
  state,
  watch,
  clock,
  work,
}: ServerParts): RouteHandlers<typeof overviewContracts> => {
  const kept = keepReads<StateFigures>(state);
  const figuresIn = (currency: string): Promise<StateFigures> => {
    const today = dayOf(instantOf(clock()));
    return kept.get(`${today} ${currency}`, () => stateFigures(state, currency, today));
  };
  return {
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
      if (input.caller.scope !== "unrestricted") return hideFigures(page);
      const figures = await figuresIn(page.currency);
      return pagesWith(figures)(page, figures);
    },
  };
};
