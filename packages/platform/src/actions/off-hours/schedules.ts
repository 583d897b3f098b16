import { canonicalJson, type ResourceRef } from "@trimtab/domain";
import type { Command } from "../action.ts";
import { aws, gcloud, word } from "../shared/commands.ts";
import { zoneOf } from "../shared/gce-place.ts";
import { nameDigest } from "../shared/name-digest.ts";
import { awsCron, type Hours, sentence, startDays, stopDays, unixCron } from "./hours.ts";

export type OffHoursKind =
  | "compute.googleapis.com/Instance"
  | "sqladmin.googleapis.com/Instance"
  | "AWS::EC2::Instance"
  | "AWS::RDS::DBInstance";
type Resource = ResourceRef<OffHoursKind>;

/** Every schedule of a resource starts so. */
export const prefixOf = ({ kind, id }: Resource): string =>
  `trimtab-off-hours-${nameDigest(`${kind} ${id}`)}-`;

/** Its two schedules; other hours have other names, so that names tell which hours hold. */
export const namesOf = (resource: Resource, hours: Hours): readonly string[] => {
  const own = `${prefixOf(resource)}${nameDigest(canonicalJson({ ...hours, identity: identityOf(resource, hours) }))}`;
  return [`${own}-start`, `${own}-stop`];
};

/** Who acts: by convention, unless the hours say otherwise. */
export const identityOf = ({ kind, scope }: Resource, { identity }: Hours): string =>
  identity ??
  (kind.startsWith("AWS")
    ? `arn:aws:iam::${scope.account}:role/trimtab-off-hours`
    : `trimtab-off-hours@${scope.account}.iam.gserviceaccount.com`);

export function listSchedules(resource: Resource): Command {
  const { kind, scope } = resource;
  if (kind.startsWith("AWS"))
    return aws(
      scope,
      "scheduler",
      "list-schedules",
      "--group-name",
      "default",
      "--name-prefix",
      prefixOf(resource),
    );
  return gcloud(scope, "scheduler", "jobs", "list", `--location=${word("region", scope.region)}`);
}

export function createSchedules(resource: Resource, hours: Hours): readonly Command[] {
  const [start = "", stop = ""] = namesOf(resource, hours);
  return [create(resource, hours, start, "start"), create(resource, hours, stop, "stop")];
}

/** Some may be gone already, after a run that died while it took them back. */
export const deleteSchedules = (resource: Resource, names: readonly string[]): readonly Command[] =>
  names.map((name) => ({ ...deleteSchedule(resource, word("name", name)), mayBeGone: true }));

function deleteSchedule({ kind, scope }: Resource, name: string): Command {
  if (kind.startsWith("AWS"))
    return aws(scope, "scheduler", "delete-schedule", "--group-name", "default", "--name", name);
  const place = `--location=${word("region", scope.region)}`;
  return gcloud(scope, "scheduler", "jobs", "delete", name, place);
}

function create(resource: Resource, hours: Hours, name: string, verb: "start" | "stop"): Command {
  const days = verb === "stop" ? stopDays(hours) : startDays(hours);
  const description = `Trimtab: ${resource.name} runs ${sentence(hours)}`.slice(0, 500);
  const { scope } = resource;
  if (resource.kind.startsWith("AWS"))
    return aws(
      scope,
      ...["scheduler", "create-schedule", "--group-name", "default", "--name", name],
      ...["--schedule-expression", awsCron(hours[verb], days)],
      ...["--schedule-expression-timezone", hours.timeZone],
      ...["--flexible-time-window", '{"Mode":"OFF"}', "--description", description],
      ...["--target", JSON.stringify(awsTarget(resource, hours, verb))],
    );
  const { uri, patch } = googleCall(resource, verb);
  return gcloud(
    scope,
    ...["scheduler", "jobs", "create", "http", name, `--location=${word("region", scope.region)}`],
    `--schedule=${unixCron(hours[verb], days)}`,
    `--time-zone=${hours.timeZone}`,
    `--uri=${uri}`,
    "--http-method=post",
    // gcloud makes no jobs that PATCH, and Google's APIs take a POST that says so for one.
    ...(patch === undefined
      ? []
      : [`--message-body=${patch}`, "--headers=Content-Type=application/json,X-HTTP-Method-Override=PATCH"]),
    `--oauth-service-account-email=${identityOf(resource, hours)}`,
    "--oauth-token-scope=https://www.googleapis.com/auth/cloud-platform",
    `--description=${description}`,
  );
}

/** The call of the cloud's API that a schedule of EventBridge makes. */
function awsTarget(resource: Resource, hours: Hours, verb: "start" | "stop"): object {
  const isRds = resource.kind === "AWS::RDS::DBInstance";
  const call = isRds ? `rds:${verb}DBInstance` : `ec2:${verb}Instances`;
  const input = isRds ? { DbInstanceIdentifier: resource.name } : { InstanceIds: [resource.name] };
  return {
    Arn: `arn:aws:scheduler:::aws-sdk:${call}`,
    RoleArn: identityOf(resource, hours),
    Input: JSON.stringify(input),
    RetryPolicy: { MaximumRetryAttempts: 3 },
  };
}

function googleCall(
  resource: Resource,
  verb: "start" | "stop",
): { readonly uri: string; readonly patch?: string } {
  const project = word("project", resource.scope.account);
  const name = word("name", resource.name);
  if (resource.kind === "sqladmin.googleapis.com/Instance") {
    const activationPolicy = verb === "start" ? "ALWAYS" : "NEVER";
    return {
      uri: `https://sqladmin.googleapis.com/v1/projects/${project}/instances/${name}`,
      patch: JSON.stringify({ settings: { activationPolicy } }),
    };
  }
  const place = `projects/${project}/zones/${zoneOf(resource)}/instances/${name}`;
  return { uri: `https://compute.googleapis.com/compute/v1/${place}/${verb}` };
}
