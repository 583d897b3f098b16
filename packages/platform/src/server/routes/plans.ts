import { reportJson } from "../../ledger/verify/verification-report.ts";
import { approveAs } from "../../loop/approve-plan.ts";
import { freezePlan } from "../../loop/freeze-plan.ts";
import { verifyPlan } from "../../loop/verify-plan.ts";
import { revokeApproval } from "../../state/approvals.ts";
import { listPlans, readPlan, withdrawPlan } from "../../state/plans.ts";
import { readPeopleNames } from "../access/people-names.ts";
import type { RouteHandlers } from "../contract.ts";
import type { planContracts } from "../contracts/plans.ts";
import { tell } from "../contracts/told.ts";
import { planLine, planPage, shownRun } from "../work/plan-page.ts";
import type { PlanRuns } from "../work/plan-runs.ts";
import type { WorkParts } from "../work/work-parts.ts";

export const planHandlers = (parts: WorkParts, runs: PlanRuns): RouteHandlers<typeof planContracts> => {
  const { state } = parts;
  return {
    listPlans: async () => {
      const names = await readPeopleNames(state);
      const items = [];
      for (const { id } of await listPlans(state)) items.push(await planLine(state, id, names));
      return { items };
    },
    createPlan: async ({ body, caller, signal }) => {
      const { recommendations, title, validHours } = body;
      const id = await freezePlan(await parts.workFor(caller, signal), {
        recommendations,
        policy: await parts.policy(),
        run: parts.run,
        ...(title === undefined ? {} : { title }),
        ...(validHours === undefined ? {} : { validHours }),
      });
      return await planLine(state, id);
    },
    getPlan: ({ params, caller }) => planPage(parts, runs, caller, params.id),
    approvePlan: async ({ params, body, caller, signal }) => {
      const comment = body.comment === undefined ? {} : { comment: body.comment };
      const work = await parts.workFor(caller, signal);
      await approveAs(work, { plan: params.id, digest: body.digest, ...comment });
      return await planLine(state, params.id);
    },
    revokeApproval: async ({ params, caller }) => {
      await revokeApproval(state, caller.actor, { id: params.id, approver: caller.actor });
      return await planLine(state, params.id);
    },
    withdrawPlan: async ({ params, caller }) => {
      const { version } = await readPlan(state, params.id);
      await withdrawPlan(state, caller.actor, { id: params.id, version, reason: "withdrawn in the browser" });
      return await planLine(state, params.id);
    },
    checkPlan: async ({ params, body, caller, signal }) =>
      tell(await runs.check(caller, params.id, body, signal)),
    runPlan: async ({ params, body: { mode, ...permits }, caller }) =>
      shownRun(await runs.start(caller, params.id, mode, permits), await readPeopleNames(state)),
    stopRun: async ({ params }) => {
      runs.stop(params.id);
      return null;
    },
    verifyPlan: async ({ params, body, caller, signal }) => {
      const { plan, report } = await verifyPlan(await parts.workFor(caller, signal), {
        plan: params.id,
        isKept: !body.isDryRun,
        options: { basis: body.basis, controls: [], metrics: [], ignored: [] },
      });
      const { resources, notJudged, recorded } = plan;
      return { report: JSON.parse(reportJson(report)), resources, notJudged, recorded };
    },
  };
};
