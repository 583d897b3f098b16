import { z } from "zod";
import { type Normaliser, otherNames, readBody } from "../normalise.ts";
import { arnOf, awsScope, tagList } from "./aws-names.ts";

const address = z.object({
  AllocationId: z.string(),
  PublicIp: z.string(),
  InstanceId: z.string().nullish(),
  NetworkInterfaceId: z.string().nullish(),
  Tags: tagList,
});

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Address.html, 2026-06 */
export const ec2Address: Normaliser<"AWS::EC2::EIP"> = {
  kind: "AWS::EC2::EIP",
  normalise: (body, context) => {
    const found = readBody(address, body, context);
    const scope = awsScope({}, body, context);
    const id = arnOf("ec2", scope, `elastic-ip/${found.AllocationId}`);
    const users = [found.InstanceId, found.NetworkInterfaceId].find((user) => Boolean(user));
    return {
      kind: "AWS::EC2::EIP",
      id,
      name: found.AllocationId,
      scope,
      aliases: otherNames(id, [found.AllocationId]),
      settings: { address: found.PublicIp, isExternal: true, usedBy: users ? [users] : [] },
      tags: found.Tags,
      readAt: context.readAt,
    };
  },
};
