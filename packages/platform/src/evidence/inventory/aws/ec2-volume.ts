import { z } from "zod";
import { type Normaliser, otherNames, readBody } from "../normalise.ts";
import { arnOf, awsScope, moment, regionOfZone, tagList } from "./aws-names.ts";

const volume = z.object({
  VolumeId: z.string(),
  Size: z.number(),
  VolumeType: z.string(),
  AvailabilityZone: z.string(),
  CreateTime: moment,
  Iops: z.number().nullish(),
  Throughput: z.number().nullish(),
  Attachments: z.array(z.object({ InstanceId: z.string().nullish() })).default([]),
  Tags: tagList,
});

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Volume.html, 2026-06 */
export const ec2Volume: Normaliser<"AWS::EC2::Volume"> = {
  kind: "AWS::EC2::Volume",
  normalise: (body, context) => {
    const found = readBody(volume, body, context);
    const scope = awsScope({ region: regionOfZone(found.AvailabilityZone) }, body, context);
    return {
      kind: "AWS::EC2::Volume",
      id: found.VolumeId,
      name: found.VolumeId,
      scope,
      aliases: otherNames(found.VolumeId, [arnOf("ec2", scope, `volume/${found.VolumeId}`)]),
      settings: {
        sizeGiB: found.Size,
        type: found.VolumeType,
        iops: found.Iops ?? null,
        throughputMiBps: found.Throughput ?? null,
        zone: found.AvailabilityZone,
        attachedTo: found.Attachments.flatMap(({ InstanceId }) => InstanceId ?? []),
        lastDetachedAt: null,
      },
      tags: found.Tags,
      ...(found.CreateTime === undefined ? {} : { createdAt: found.CreateTime }),
      readAt: context.readAt,
    };
  },
};
