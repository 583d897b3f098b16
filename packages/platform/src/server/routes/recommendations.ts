import { addEstimates, decimal, type Instant, type Recommendation } from "@trimtab/domain";
import { readSettings } from "../../advisors/advisor-settings.ts";
import { independent, ranked } from "../../advisors/rank.ts";
import { readRecommendation as parseBody } from "../../advisors/recommendation-schema.ts";
import { askAdvisors } from "../../loop/ask-advisors.ts";
import { recordAdvice } from "../../loop/record-advice.ts";
import { assign } from "../../state/assignments.ts";
import { readPerson } from "../../state/people.ts";
import {
  decideRecommendation,
  listRecommendations,
  readDecisions,
  readRevision,
} from "../../state/recommendations.ts";
import type { RouteHandlers } from "../contract.ts";
import type { recommendationContracts } from "../contracts/recommendations.ts";
import { tell } from "../contracts/told.ts";
import { serverErrors } from "../errors.ts";
import { ADVICE_KEPT } from "../work/advise-at.ts";
import { amountsOf, lineOf, readSurroundings, subjectOf } from "../work/recommendation-lines.ts";
import type { ShownRecommendations } from "../work/shown-recommendations.ts";
import { shownSettings, tryAdvisor, type Value } from "../work/what-if.ts";
import type { WorkParts } from "../work/work-parts.ts";

export const recommendationHandlers = (
  parts: WorkParts,
  shown: ShownRecommendations,
): RouteHandlers<typeof recommendationContracts> => {
  const { state } = parts;
  const lineFor = async (...args: Parameters<ShownRecommendations["find"]>) => {
    const { stored, body } = await shown.find(...args);
    return lineOf(stored, body, await readSurroundings(state));
  };
  /** With its evidence, where this version of the program can read it. */
  const wholeOf = async ({ stored, body }: Shown) => {
    const revision = await readRevision(state, stored.id, stored.revision);
    const read = parseBody(revision.body);
    const recommendation = read.status === "read" ? read.recommendation : withEvidence(body);
    return { recommendation, settings: revision.settings };
  };
  const addressOf = async (id: string): Promise<string> => {
    const person = await readPerson(state, id);
    if (person.status !== "off") return person.email;
    throw serverErrors.create("SERVER_NOT_FOUND", { what: "person who can sign in", id });
  };
  const advisorOf = (id: string) => {
    const advisor = parts.advisors.find((one) => one.id === id);
    if (advisor === undefined) throw serverErrors.create("SERVER_NOT_FOUND", { what: "advisor", id });
    return advisor;
  };
  return {
    listRecommendations: async ({ query, caller, signal }) => {
      const listed = await listRecommendations(state, {
        ...(query.status === "all" ? {} : { status: query.status }),
        withWithdrawn: query.withdrawn,
      });
      const all = await shown.among(caller, listed, signal);
      const found = all.filter(isAskedFor(query));
      const whole = new Map(found.map((one) => [withEvidence(one.body), one]));
      const inOrder = ranked([...whole.keys()], query.by, decimal(parts.hourlyCost));
      const around = await readSurroundings(state);
      const items = inOrder.slice(0, query.limit).flatMap((each) => whole.get(each) ?? []);
      return {
        items: items.map(({ stored, body }) => lineOf(stored, body, around)),
        count: found.length,
        together: togetherOf(inOrder),
        narrowings: narrowingsOf(all),
      };
    },
    getRecommendation: async ({ params, caller, signal }) => {
      const { stored, body } = await shown.find(caller, params.id, signal);
      const { recommendation, settings } = await wholeOf({ stored, body });
      const advisor = parts.advisors.find(({ id }) => id === stored.advisor);
      const decisions = await readDecisions(state, stored.id);
      const around = await readSurroundings(state);
      return {
        line: lineOf(stored, body, around),
        recommendation: tell(recommendation),
        decisions: decisions.map(({ seq: _, revision: __, actor, ...decision }) => ({
          ...decision,
          actor: around.names.told(actor),
        })),
        settings: shownSettings(advisor, settings, recommendation),
      };
    },
    decideRecommendation: async ({ params, body, caller, signal }) => {
      await shown.find(caller, params.id, signal);
      const { version, status, reason, until } = body;
      const decision = {
        status,
        ...(reason === undefined ? {} : { reason }),
        ...(until === undefined ? {} : { until: until as Instant }),
      };
      await decideRecommendation(state, caller.actor, { id: params.id, version, decision });
      return await lineFor(caller, params.id, signal);
    },
    assignRecommendation: async ({ params, body, caller, signal }) => {
      await shown.find(caller, params.id, signal);
      const assignee = body.assignee === null ? null : await addressOf(body.assignee);
      await assign(state, caller.actor, { subject: subjectOf(params.id), assignee });
      return await lineFor(caller, params.id, signal);
    },
    tryRecommendation: async ({ params, body, caller, signal }) => {
      const found = await shown.find(caller, params.id, signal);
      const { recommendation: before, settings: asked } = await wholeOf(found);
      const own = Object.entries(asked).filter(([, value]) => value !== null && typeof value !== "object");
      const settings = { ...(Object.fromEntries(own) as Record<string, Value>), ...body.settings };
      const work = await parts.workFor(caller, signal);
      return tell(await tryAdvisor(work, { advisor: advisorOf(found.stored.advisor), before, settings }));
    },
    advise: async ({ caller, signal }) => {
      const work = await parts.workFor(caller, signal);
      const advised = await askAdvisors(work, {
        advisors: parts.advisors,
        settings: readSettings(parts.advisors, { timeZone: work.query.timeZone }),
        hourlyCost: decimal(parts.hourlyCost),
      });
      await recordAdvice(work, advised);
      parts.publish(ADVICE_KEPT);
      return {
        lakeVersion: advised.lakeVersion,
        advisors: advised.report.advisors.map(({ advisor, resources, recommended, fine, abstained }) => ({
          advisor,
          resources,
          recommended,
          fine,
          abstained: abstained.map(({ resource, reason }) => ({ resource: resource.name, reason })),
        })),
      };
    },
  };
};

const withEvidence = (body: Omit<Recommendation, "evidence">): Recommendation => ({ ...body, evidence: [] });

type Shown = Awaited<ReturnType<ShownRecommendations["among"]>>[number];

interface Narrowing {
  readonly advisor?: string | undefined;
  readonly risk?: string | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

const isAskedFor =
  ({ advisor, risk, account, region }: Narrowing) =>
  ({ stored, body }: Shown): boolean =>
    (advisor === undefined || stored.advisor === advisor) &&
    (risk === undefined || body.risk.level === risk) &&
    (account === undefined || body.resource.scope.account === account) &&
    (region === undefined || body.resource.scope.region === region);

const narrowingsOf = (all: readonly Shown[]) => ({
  advisors: sortedOnce(all.map(({ stored }) => stored.advisor)),
  accounts: sortedOnce(all.map(({ body }) => body.resource.scope.account)),
  regions: sortedOnce(all.map(({ body }) => body.resource.scope.region)),
});

const sortedOnce = (values: readonly string[]): readonly string[] => [...new Set(values)].toSorted();

/** One sum a currency, of those that can all be done. */
const togetherOf = (list: readonly Recommendation[]) => {
  const chosen = independent(list);
  const currencies = [...new Set(chosen.map(({ saving }) => saving.net.currency))].toSorted();
  return currencies.map((currency) =>
    amountsOf({
      ...addEstimates(chosen.map(({ saving }) => saving.net).filter((net) => net.currency === currency)),
      currency,
    }),
  );
};
