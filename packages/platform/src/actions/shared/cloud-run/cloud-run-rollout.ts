import {
  type CloudRunScale,
  cloudRunProblems,
  type Json,
  type ResourceRef,
  type SettingChange,
} from "@trimtab/domain";
import type { ChangeRequest, Command, StepDraft } from "../../action.ts";
import type { CloudRunState } from "./cloud-run-state.ts";

export type Service = ResourceRef<"run.googleapis.com/Service">;
type Values = { readonly [setting: string]: Json };

/** A revision is up within minutes; a split of traffic acts within seconds. */
export const SETTLE_SECONDS = 300;
const WATCH_SECONDS = 600;
const SHARES = [5, 25, 50, 100];

/** A command about the service; the first word is its verb. */
export const runServices = (resource: Service, ...args: readonly string[]): Command => ({
  tool: "gcloud",
  args: ["run", "services", ...args, ...where(resource)],
});

const where = ({ scope }: Service): readonly string[] => [
  `--project=${scope.account}`,
  `--region=${scope.region}`,
  "--format=json",
  "--quiet",
];

export const isServiceAbsent = ({ stderr }: { readonly stderr: string }): boolean =>
  /Cannot find service|NOT_FOUND/.test(stderr);

/** Why these settings can't be rolled out; undefined: they can. */
export const rolloutProblem = (
  { resource, changes, key, canaryShares = SHARES }: ChangeRequest<"run.googleapis.com/Service">,
  state: CloudRunState,
): string | undefined => {
  if (!state.exists) return `${resource.name} is not there`;
  if (!state.ready) return `${resource.name} is not ready: its last deployment has not succeeded`;
  if (state.scaling === "manual")
    return `${resource.name} is scaled by hand: switch to automatic scaling first`;
  const asked = Object.fromEntries(changes.map(({ setting, to }) => [setting, to]));
  if (state.containers > 1 && (asked.cpu !== undefined || asked.memoryMiB !== undefined))
    return `${resource.name} has ${state.containers} containers: which of them gets less is for a person to say`;
  if (asked.executionEnvironment !== undefined && state.executionEnvironment === "default")
    return "the execution environment is left to the cloud, and no command goes back to that";
  if (changes.some(({ setting, to }) => setting === "executionEnvironment" && !/^gen[12]$/.test(String(to))))
    return `the execution environment is gen1 or gen2, not ${String(asked.executionEnvironment)}`;
  // gcloud itself accepts nonsense and fails late.
  const limits = cloudRunProblems({ ...state, ...asked } as unknown as CloudRunScale);
  if (limits.length > 0) return limits.join("; ");
  if (`${resource.name}-tt-${key}`.length > 63)
    return `the name of ${resource.name} leaves no room for a revision's`;
  if (!areShares(canaryShares)) return `shares of a canary rise to 100, unlike ${canaryShares.join(", ")}`;
  return trafficProblem(resource, state, changes);
};

const areShares = (shares: readonly number[]): boolean =>
  shares.at(-1) === 100 &&
  shares.every((share, index) => Number.isInteger(share) && share > (shares[index - 1] ?? 0));

/** A rollout starts from one revision that has everything and is the newest. */
const trafficProblem = (
  { name }: Service,
  { traffic, revision, minInstancesOn }: CloudRunState,
  changes: readonly SettingChange[],
): string | undefined => {
  const needsRevision = changes.some(
    ({ setting }) => setting !== "minInstances" || minInstancesOn === "revision",
  );
  if (!needsRevision) return undefined;
  if (traffic.length !== 1)
    return `traffic of ${name} is split among ${traffic.length} revisions: a rollout is under way`;
  const [serving] = traffic;
  return serving?.revision === revision
    ? undefined
    : `${name} serves ${serving?.revision} and not its newest revision ${revision}: deploying would bring in what that one changed`;
};

/** A revision without traffic, then its shares of it. */
export const rolloutSteps = (
  request: ChangeRequest<"run.googleapis.com/Service">,
  state: CloudRunState,
  changes: readonly SettingChange[],
): readonly StepDraft[] => {
  const { resource, key, canaryShares = SHARES } = request;
  const { name } = resource;
  const old = state.revision;
  const made = `${name}-tt-${key}`;
  const before = Object.fromEntries(changes.map(({ setting, from }) => [setting, from]));
  const after = Object.fromEntries(changes.map(({ setting, to }) => [setting, to]));
  const atOld = [{ revision: old, percent: 100 }];
  const toOld = runServices(resource, "update-traffic", name, `--to-revisions=${old}=100`);
  const deploy: StepDraft = {
    title: `Make a revision of ${name} with ${describe(changes)}, without traffic`,
    before: { ...before, traffic: atOld, trafficToLatest: state.trafficToLatest, ready: true },
    apply: [
      runServices(
        resource,
        "update",
        name,
        ...flagsOf(after, []),
        `--revision-suffix=tt-${key}`,
        "--no-traffic",
      ),
    ],
    after: { ...after, traffic: atOld, revision: made, ready: true },
    rollback: [
      runServices(resource, "update", name, ...flagsOf(before, state.defaults), "--no-traffic"),
      ...(state.trafficToLatest ? [runServices(resource, "update-traffic", name, "--to-latest")] : []),
    ],
    // The settings are the old ones again, in a revision of another name.
    restored: {
      ...before,
      ready: true,
      trafficToLatest: state.trafficToLatest,
      ...(state.trafficToLatest ? {} : { traffic: atOld }),
    },
    reversibility: "reversible",
    settleSeconds: SETTLE_SECONDS,
    watchSeconds: 0,
  };
  const stages = canaryShares.map((share, index): StepDraft => {
    const isLast = share === 100;
    const split =
      isLast && state.trafficToLatest ? "--to-latest" : `--to-revisions=${splitText(old, made, share)}`;
    return {
      title: `Give ${share} % of the traffic of ${name} to ${made}`,
      before: { ...after, traffic: trafficAt(old, made, canaryShares[index - 1] ?? 0), revision: made },
      apply: [runServices(resource, "update-traffic", name, split)],
      after: {
        traffic: trafficAt(old, made, share),
        ready: true,
        ...(isLast ? { trafficToLatest: state.trafficToLatest } : {}),
      },
      // Whatever the share, the way back is all at once to the old revision.
      rollback: [toOld],
      restored: { traffic: atOld, ready: true },
      reversibility: "reversible",
      settleSeconds: SETTLE_SECONDS,
      watchSeconds: WATCH_SECONDS,
      ...(isLast ? {} : { canary: { sharePercent: share, control: old, canary: made } }),
    };
  });
  return [deploy, ...stages];
};

const trafficAt = (old: string, made: string, share: number) =>
  [
    { revision: old, percent: 100 - share },
    { revision: made, percent: share },
  ]
    .filter(({ percent }) => percent > 0)
    .toSorted((a, b) => (a.revision < b.revision ? -1 : 1));

const splitText = (old: string, made: string, share: number): string =>
  trafficAt(old, made, share)
    .map(({ revision, percent }) => `${revision}=${percent}`)
    .join(",");

const describe = (changes: readonly SettingChange[]): string =>
  changes.map(({ setting, to }) => `${setting} ${String(to)}`).join(", ");

/** @see https://cloud.google.com/sdk/gcloud/reference/run/services/update, read 2026-11-22 */
const FLAGS: Readonly<Record<string, (value: Json, isDefault: boolean) => string>> = {
  minInstances: (value, isDefault) => `--min-instances=${isDefault ? "default" : String(value)}`,
  maxInstances: (value, isDefault) => `--max-instances=${isDefault ? "default" : String(value)}`,
  cpu: (value) => `--cpu=${String(value)}`,
  memoryMiB: (value) => `--memory=${String(value)}Mi`,
  concurrency: (value, isDefault) => `--concurrency=${isDefault ? "default" : String(value)}`,
  cpuAllocation: (value) => (value === "instance" ? "--no-cpu-throttling" : "--cpu-throttling"),
  startupCpuBoost: (value) => (value === true ? "--cpu-boost" : "--no-cpu-boost"),
  executionEnvironment: (value) => `--execution-environment=${String(value)}`,
};

export const REVISION_CHANGES: readonly string[] = Object.keys(FLAGS);

const flagsOf = (values: Values, defaults: readonly string[]): readonly string[] =>
  Object.entries(values).flatMap(([setting, value]) => {
    const flag = FLAGS[setting];
    return flag === undefined ? [] : [flag(value, defaults.includes(setting))];
  });
