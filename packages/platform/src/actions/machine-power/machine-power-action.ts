import { z } from "zod";
import { defineAction } from "../action.ts";
import { refused, wantedChanges } from "../shared/changes.ts";
import { STOP_FACTS } from "../shared/machine-facts.ts";
import {
  isMachineGone,
  lostOnStop,
  type MachineKind,
  machineProblem,
  parseMachine,
  powerStep,
  readMachine,
} from "../shared/machines.ts";

const wantedSchema = z.strictObject({ status: z.enum(["running", "stopped"]) });

/** Stops and starts a machine of GCE or EC2. */
export const machinePowerAction = defineAction<MachineKind>({
  apiVersion: 1,
  id: "machine-power",
  summary: "stop or start a machine of Compute Engine or EC2",
  kinds: ["compute.googleapis.com/Instance", "AWS::EC2::Instance"],
  changes: ["status"],
  facts: STOP_FACTS,
  read: readMachine,
  isAbsent: isMachineGone,
  parseState: parseMachine,
  plan: (request) => {
    const { resource, state } = request;
    const checked = wantedChanges(request, wantedSchema);
    if ("refusal" in checked) return refused(checked.refusal);
    const { status } = checked.wanted;
    if (state.status !== (status === "stopped" ? "running" : "stopped"))
      return refused(`it is ${String(state.status)} now`);
    const problem = machineProblem(state);
    if (problem !== undefined) return refused(problem);
    const notes =
      status === "stopped"
        ? [...lostOnStop(state), "Stopped, it still pays its disks and reserved addresses."]
        : [];
    return { status: "planned", steps: [powerStep(resource, state, status, 600)], notes };
  },
  terraform: ({ kind, name }, [change]) =>
    kind === "AWS::EC2::Instance"
      ? { type: "aws_ec2_instance_state", attributes: { instance_id: name, state: change?.to ?? null } }
      : {
          type: "google_compute_instance",
          attributes: { desired_status: change?.to === "running" ? "RUNNING" : "TERMINATED" },
        },
});
