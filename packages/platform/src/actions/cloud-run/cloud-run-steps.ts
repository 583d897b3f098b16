import type { SettingChange } from "@trimtab/domain";
import type { ChangeRequest, PlannedSteps, StepDraft } from "../action.ts";
import {
  rolloutProblem,
  rolloutSteps,
  runServices,
  SETTLE_SECONDS,
  type Service,
} from "../shared/cloud-run/cloud-run-rollout.ts";
import type { CloudRunState } from "../shared/cloud-run/cloud-run-state.ts";

/** Fewer instances show when the next peak comes. */
const WATCH_MINIMUM_SECONDS = 900;
/** So many steps of value at most from one minimum to another. */
const VALUE_STEPS = 4;

export const planCloudRun = (request: ChangeRequest<"run.googleapis.com/Service">): PlannedSteps => {
  const { resource, changes, key } = request;
  // What the engine hands over is what parseState read.
  const state = request.state as unknown as CloudRunState;
  const problem = scheduleProblem(changes) ?? rolloutProblem(request, state);
  if (problem !== undefined) return { status: "refused", reason: problem };
  const isOfService = ({ setting }: SettingChange) =>
    setting === "minInstances" && state.minInstancesOn === "service";
  const ofRevision = changes.filter((change) => !isOfService(change));
  const ofService = changes.find(isOfService);
  const rollout = ofRevision.length === 0 ? [] : rolloutSteps(request, state, ofRevision);
  const minimum =
    ofService === undefined ? [] : minimumSteps(resource, state.minInstances, Number(ofService.to));
  const notes = [
    ...(ofRevision.length === 0
      ? []
      : [`A new revision ${resource.name}-tt-${key} is made first and gets no traffic until its turn.`]),
    ...(ofService === undefined
      ? []
      : ["The service's own minimum acts on all its traffic at once, so it goes by steps of value."]),
  ];
  return { status: "planned", steps: [...rollout, ...minimum], notes };
};

const scheduleProblem = (changes: readonly SettingChange[]): string | undefined =>
  changes.some(({ setting, to }) => setting === "minInstances" && typeof to !== "number")
    ? "a minimum that changes by the hour is carried out by a schedule, the action cloud-run-minimums"
    : undefined;

const minimumSteps = (resource: Service, from: number, to: number): readonly StepDraft[] => {
  const values = valuesBetween(from, to);
  return values.map((value, index): StepDraft => {
    const previous = values[index - 1] ?? from;
    const setTo = (count: number) => runServices(resource, "update", resource.name, `--min=${count}`);
    return {
      title: `Keep ${value} instead of ${previous} instances of ${resource.name} warm`,
      before: { minInstances: previous, minInstancesOn: "service", ready: true },
      apply: [setTo(value)],
      after: { minInstances: value, minInstancesOn: "service", ready: true },
      rollback: [setTo(from)],
      restored: { minInstances: from, minInstancesOn: "service", ready: true },
      reversibility: "reversible",
      settleSeconds: SETTLE_SECONDS,
      watchSeconds: WATCH_MINIMUM_SECONDS,
    };
  });
};

/** 10 → 4 goes by 8, 7, 5, 4: steps as equal as whole instances can be. */
const valuesBetween = (from: number, to: number): readonly number[] => {
  const count = Math.min(VALUE_STEPS, Math.abs(to - from));
  return Array.from({ length: count }, (_, index) => from + Math.trunc(((to - from) * (index + 1)) / count));
};
