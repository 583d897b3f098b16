import type { Json, ResourceRef } from "@trimtab/domain";
import { z } from "zod";
import type { Command, StepDraft } from "../action.ts";
import { aws, gcloud, word } from "./commands.ts";
import { isGone, lastPart, readOne, readZonal } from "./gce-place.ts";
import { only, readJson } from "./read-json.ts";

export type MachineKind = "compute.googleapis.com/Instance" | "AWS::EC2::Instance";
type Settings = { readonly [setting: string]: Json };

const gceInstance = z.object({
  status: z.string(),
  machineType: z.string(),
  zone: z.string(),
  cpuPlatform: z.string().optional(),
  scheduling: z
    .object({ provisioningModel: z.string().optional(), preemptible: z.boolean().optional() })
    .default({}),
  metadata: z
    .object({ items: z.array(z.object({ key: z.string(), value: z.string() })).default([]) })
    .default({ items: [] }),
  disks: z.array(z.object({ type: z.string().optional() })).default([]),
  networkInterfaces: z
    .array(z.object({ accessConfigs: z.array(z.object({ natIP: z.string().optional() })).default([]) }))
    .default([]),
});

const ec2Instances = z.object({
  Reservations: z.array(
    z.object({
      Instances: z.array(
        z.object({
          InstanceType: z.string(),
          State: z.object({ Name: z.string() }),
          Architecture: z.string().default("x86_64"),
          RootDeviceType: z.string().default("ebs"),
          InstanceLifecycle: z.string().optional(),
          Placement: z.object({ AvailabilityZone: z.string() }),
          PublicIpAddress: z.string().optional(),
          NetworkInterfaces: z
            .array(z.object({ Association: z.object({ IpOwnerId: z.string().optional() }).optional() }))
            .default([]),
          Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
        }),
      ),
    }),
  ),
});

/** The command that prints the one machine. */
export const readMachine = (resource: ResourceRef<MachineKind>): Command =>
  resource.kind === "AWS::EC2::Instance"
    ? aws(
        resource.scope,
        "ec2",
        "describe-instances",
        "--filters",
        `Name=instance-id,Values=${word("id", resource.name)}`,
      )
    : readZonal(resource, "instances");

/** Whether a failed read says that the machine is gone. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html, 2026-11-22 */
export const isMachineGone = (failure: { readonly stderr: string }): boolean =>
  isGone(failure) || /InvalidInstanceID\.NotFound/.test(failure.stderr);

/** What that command printed. @throws ACTION_STATE_UNREADABLE */
export function parseMachine(output: string | undefined, resource: ResourceRef<MachineKind>): Settings {
  if (output === undefined) return { exists: false };
  return resource.kind === "AWS::EC2::Instance" ? parseEc2(output, resource) : parseGce(output, resource);
}

function parseGce(output: string, resource: ResourceRef): Settings {
  const found = readOne(output, gceInstance, resource);
  const { status, scheduling, metadata, disks } = found;
  const machineType = lastPart(found.machineType);
  return {
    exists: true,
    // Google calls a machine that is off TERMINATED; it is all there.
    status: status === "TERMINATED" ? "stopped" : status.toLowerCase(),
    machineType,
    zone: lastPart(found.zone),
    isSpot: scheduling.provisioningModel === "SPOT" || scheduling.preemptible === true,
    // Groups mark their machines so.
    managedBy: metadata.items.find(({ key }) => key === "created-by")?.value ?? null,
    localDisks: disks.some(({ type }) => type === "SCRATCH"),
    publicAddress: found.networkInterfaces.flatMap(({ accessConfigs }) => accessConfigs)[0]?.natIP ?? null,
    keepsAddress: null,
    architecture: /^(t2a|c4a|n4a|a4x)-/.test(machineType) ? "arm64" : "x86_64",
  };
}

function parseEc2(output: string, resource: ResourceRef): Settings {
  const { Reservations } = readJson("aws", output, ec2Instances, resource);
  const found = only(
    "aws",
    Reservations.flatMap(({ Instances }) => Instances),
    resource,
  );
  if (found === undefined || found.State.Name === "terminated") return { exists: false };
  const owner = found.NetworkInterfaces[0]?.Association?.IpOwnerId;
  return {
    exists: true,
    status: found.State.Name,
    machineType: found.InstanceType,
    zone: found.Placement.AvailabilityZone,
    isSpot: found.InstanceLifecycle === "spot",
    managedBy: found.Tags.find(({ Key }) => Key === "aws:autoscaling:groupName")?.Value ?? null,
    localDisks: found.RootDeviceType === "instance-store" || hasInstanceStore(found.InstanceType),
    publicAddress: found.PublicIpAddress ?? null,
    keepsAddress: owner === undefined ? null : owner !== "amazon",
    architecture: found.Architecture.startsWith("arm64") ? "arm64" : "x86_64",
  };
}

/**
 * Whether a type comes with disks that lose their content when it stops: a `d` among the letters after its generation, or
 * a family that always has them.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-store-volumes.html, 2026-11-22
 */
export function hasInstanceStore(type: string): boolean {
  const [family = ""] = type.split(".");
  return (
    /^([a-z]+\d+[a-z]*d|i\d|im\d|is\d|d\d)/.test(family) ||
    /^(h1|f1|x1e?|g5|g6e?|gr6|p4de|p5|p5en?|trn1n?|trn2|dl1|c3|m3|r3)$/.test(family)
  );
}

/** Stops or starts a machine; the way back is the other of the two. */
export function powerStep(
  resource: ResourceRef<MachineKind>,
  state: Settings,
  to: "running" | "stopped",
  watchSeconds: number,
): StepDraft {
  const isStop = to === "stopped";
  const other = isStop ? "running" : "stopped";
  const rest = { exists: true, machineType: state.machineType ?? null };
  return {
    title: `${isStop ? "Stop" : "Start"} ${resource.name}`,
    before: { exists: true, status: other },
    apply: [powerCommand(resource, state, to)],
    after: { exists: true, status: to },
    rollback: [powerCommand(resource, state, other)],
    restored: { ...rest, status: other },
    reversibility: isStop && state.localDisks === true ? "irreversible" : "reversible",
    settleSeconds: 1200,
    watchSeconds,
  };
}

function powerCommand(
  resource: ResourceRef<MachineKind>,
  state: Settings,
  to: "running" | "stopped",
): Command {
  const { scope } = resource;
  const name = word("name", resource.name);
  if (resource.kind === "AWS::EC2::Instance")
    return aws(scope, "ec2", to === "stopped" ? "stop-instances" : "start-instances", "--instance-ids", name);
  const zone = `--zone=${word("zone", String(state.zone))}`;
  if (to === "running") return gcloud(scope, "compute", "instances", "start", name, zone);
  const local = state.localDisks === true ? ["--discard-local-ssd=true"] : [];
  return gcloud(scope, "compute", "instances", "stop", name, zone, ...local);
}

/** What a stop takes away that a start does not give back. */
export function lostOnStop(state: Settings): readonly string[] {
  const notes: string[] = ["What is in its memory is lost."];
  if (state.localDisks === true)
    notes.push("Its local disks lose their content: this step can't be taken back.");
  if (state.publicAddress !== null && state.keepsAddress !== true)
    notes.push(
      state.keepsAddress === false
        ? `Its public address ${String(state.publicAddress)} is given back; it starts with another.`
        : `Its public address ${String(state.publicAddress)} is given back unless it is reserved.`,
    );
  return notes;
}

/** Why a machine must not be stopped or resized by itself; undefined: it may. */
export function machineProblem(state: Settings): string | undefined {
  if (state.managedBy !== null)
    return `${String(state.managedBy)} manages it and would start another: change that group instead`;
  if (state.isSpot === true) return "a spot machine can't be stopped and started at will";
  return undefined;
}
