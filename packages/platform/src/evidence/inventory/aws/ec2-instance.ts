import { z } from "zod";
import { type Normaliser, otherNames, readBody } from "../normalise.ts";
import { arnOf, awsScope, regionOfZone, tagList } from "./aws-names.ts";

const instance = z.object({
  /** Of its reservation. */
  OwnerId: z.string().optional(),
  InstanceId: z.string(),
  InstanceType: z.string(),
  State: z.object({ Name: z.string() }),
  Placement: z.object({ AvailabilityZone: z.string() }),
  InstanceLifecycle: z.string().optional(),
  PlatformDetails: z.string().optional(),
  Platform: z.string().optional(),
  CpuOptions: z.object({ CoreCount: z.number(), ThreadsPerCore: z.number() }).optional(),
  BlockDeviceMappings: z.array(z.object({ Ebs: z.object({ VolumeId: z.string() }).optional() })).default([]),
  Tags: tagList,
});

/** Memory by instance type, as `DescribeInstanceTypes` says. */
export type InstanceTypes = ReadonlyMap<string, { readonly vCpus: number; readonly memoryMiB: number }>;

/**
 * An instance with its reservation's owner.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html, 2026-06
 */
export const ec2Instance = (types: InstanceTypes = new Map()): Normaliser<"AWS::EC2::Instance"> => ({
  kind: "AWS::EC2::Instance",
  normalise: (body, context) => {
    const found = readBody(instance, body, context);
    const zone = found.Placement.AvailabilityZone;
    const scope = awsScope({ account: found.OwnerId, region: regionOfZone(zone) }, body, context);
    const type = types.get(found.InstanceType);
    const cpus = found.CpuOptions;
    const vCpus = cpus === undefined ? type?.vCpus : cpus.CoreCount * cpus.ThreadsPerCore;
    return {
      kind: "AWS::EC2::Instance",
      id: found.InstanceId,
      name: found.InstanceId,
      scope,
      aliases: otherNames(found.InstanceId, [arnOf("ec2", scope, `instance/${found.InstanceId}`)]),
      settings: {
        machineType: found.InstanceType,
        vCpus: vCpus === undefined ? null : String(vCpus),
        memoryMiB: type?.memoryMiB ?? null,
        status: found.State.Name,
        zone,
        isSpot: found.InstanceLifecycle === "spot",
        os: found.PlatformDetails ?? found.Platform ?? null,
        managedBy: found.Tags["aws:autoscaling:groupName"] ?? null,
        disks: found.BlockDeviceMappings.flatMap(({ Ebs }) => (Ebs === undefined ? [] : [Ebs.VolumeId])),
      },
      tags: found.Tags,
      // A machine that was stopped has the time of its last start here; when it was made, AWS does not say.
      readAt: context.readAt,
    };
  },
});
