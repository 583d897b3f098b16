import type { Json, ResourceRef } from "@trimtab/domain";
import { z } from "zod";
import { type Command, defineAction, type StepDraft } from "../action.ts";
import { refused, wantedChanges } from "../shared/changes.ts";
import { aws, gcloud, word } from "../shared/commands.ts";
import { STOP_FACTS } from "../shared/machine-facts.ts";
import {
  hasInstanceStore,
  isMachineGone,
  lostOnStop,
  type MachineKind,
  machineProblem,
  parseMachine,
  powerStep,
  readMachine,
} from "../shared/machines.ts";

type Settings = { readonly [setting: string]: Json };

/** `m6i.xlarge`, `u-6tb1.metal`. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-types.html, 2026-11-22 */
const EC2_TYPE = /^[a-z][a-z0-9-]*\.(nano|micro|small|medium|large|xlarge|\d{1,3}xlarge|metal(-\d+xl)?)$/;
/** `e2-medium`, `n2-custom-4-8192-ext`. @see https://cloud.google.com/compute/docs/machine-resource, 2026-11-22 */
const GCE_TYPE = /^[a-z][a-z0-9]{1,3}-[a-z0-9-]*[a-z0-9]$/;

const wantedSchema = z.strictObject({ machineType: z.string() });

/** Gives a machine another type: stop, change, start. */
export const machineResizeAction = defineAction<MachineKind>({
  apiVersion: 1,
  id: "machine-resize",
  summary: "give a machine of Compute Engine or EC2 another type: stop, change, start",
  kinds: ["compute.googleapis.com/Instance", "AWS::EC2::Instance"],
  changes: ["machineType"],
  facts: [
    ...STOP_FACTS,
    {
      text: "The type of a GCE machine is changed while it is stopped.",
      source: "https://docs.cloud.google.com/compute/docs/reference/latest/instances/setMachineType",
      date: "2026-11-22",
    },
    {
      text: "An EC2 instance can only become a type of the same architecture, with drivers that its image has.",
      source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resize-limitations.html",
      date: "2026-11-22",
    },
  ],
  read: readMachine,
  isAbsent: isMachineGone,
  parseState: parseMachine,
  plan: (request) => {
    const { resource, state } = request;
    const checked = wantedChanges(request, wantedSchema);
    if ("refusal" in checked) return refused(checked.refusal);
    const { machineType } = checked.wanted;
    const problem = machineProblem(state) ?? typeProblem(resource, machineType, state);
    if (problem !== undefined) return refused(problem);
    if (state.status === "stopped")
      return { status: "planned", steps: [resize(resource, machineType, state, 0)], notes: [CAPACITY] };
    if (state.status !== "running") return refused(`it is ${String(state.status)} now`);
    // Taken back in reverse order: stopped, changed back, started.
    const steps = [
      powerStep(resource, state, "stopped", 0),
      resize(resource, machineType, state, 0),
      powerStep(resource, { ...state, machineType }, "running", 3600),
    ];
    return { status: "planned", steps, notes: [...lostOnStop(state), CAPACITY, DRIVERS] };
  },
  terraform: ({ kind }, [change]) =>
    kind === "AWS::EC2::Instance"
      ? { type: "aws_instance", attributes: { instance_type: change?.to ?? null } }
      : {
          type: "google_compute_instance",
          attributes: { machine_type: change?.to ?? null, allow_stopping_for_update: true },
        },
});

const CAPACITY =
  "A zone may have no machine of the new type to give when it starts: then it is taken back, which needs one of the old.";
const DRIVERS =
  "A type of another generation may name disks and network cards differently; its image must have their drivers.";

function typeProblem({ kind }: ResourceRef, type: string, state: Settings): string | undefined {
  const isEc2 = kind === "AWS::EC2::Instance";
  if (!(isEc2 ? EC2_TYPE : GCE_TYPE).test(type)) return `${type} is no machine type`;
  if (type === state.machineType) return `it is ${type} already`;
  if (architectureOf(type, isEc2) !== state.architecture)
    return `${type} is of another architecture than ${String(state.machineType)}: its image does not run there`;
  if (!isEc2 && state.localDisks === true)
    return "a machine with local SSDs is made anew to get another type; their content would be lost";
  return isEc2 && hasInstanceStore(type) !== state.localDisks
    ? `one of ${type} and ${String(state.machineType)} has local disks and the other has none`
    : undefined;
}

/** By the letters after the generation (`m7g`, `im4gn`), and the families that are Arm in whole. */
function architectureOf(type: string, isEc2: boolean): string {
  const isArm = isEc2
    ? /^(a1|(?!g\d)[a-z]+\d+[a-z]*g[a-z]*|g5g)\./.test(type)
    : /^(t2a|c4a|n4a|a4x)-/.test(type);
  return isArm ? "arm64" : "x86_64";
}

function resize(
  resource: ResourceRef<MachineKind>,
  type: string,
  state: Settings,
  watchSeconds: number,
): StepDraft {
  const old = String(state.machineType);
  return {
    title: `Make ${resource.name} a ${type}`,
    before: { exists: true, status: "stopped", machineType: old },
    apply: [setType(resource, type, state)],
    after: { exists: true, machineType: type },
    rollback: [setType(resource, old, state)],
    restored: { exists: true, status: "stopped", machineType: old },
    reversibility: "reversible",
    settleSeconds: 300,
    watchSeconds,
  };
}

function setType({ kind, scope, name }: ResourceRef<MachineKind>, type: string, state: Settings): Command {
  if (kind === "AWS::EC2::Instance") {
    const id = word("id", name);
    return aws(
      scope,
      "ec2",
      "modify-instance-attribute",
      "--instance-id",
      id,
      "--instance-type",
      `Value=${type}`,
    );
  }
  const place = [`--machine-type=${type}`, `--zone=${word("zone", String(state.zone))}`];
  return gcloud(scope, "compute", "instances", "set-machine-type", word("name", name), ...place);
}
