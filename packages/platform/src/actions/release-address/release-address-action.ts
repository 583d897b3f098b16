import type { Json, ResourceRef } from "@trimtab/domain";
import { z } from "zod";
import { defineAction } from "../action.ts";
import { pick, refused } from "../shared/changes.ts";
import { aws, gcloud, word } from "../shared/commands.ts";
import { deleteForGood } from "../shared/delete-resource.ts";
import { isGone, lastPart, readOne, regionFlag } from "../shared/gce-place.ts";
import { only, readJson } from "../shared/read-json.ts";

type Kind = "compute.googleapis.com/Address" | "AWS::EC2::EIP";
type Settings = { readonly [setting: string]: Json };

const gceAddress = z.object({
  address: z.string(),
  addressType: z.string().default("EXTERNAL"),
  status: z.string(),
  users: z.array(z.string()).default([]),
  region: z.string().optional(),
});
const elasticAddresses = z.object({
  Addresses: z.array(
    z.object({
      PublicIp: z.string(),
      AssociationId: z.string().optional(),
      InstanceId: z.string().optional(),
      NetworkInterfaceId: z.string().optional(),
    }),
  ),
});

/** Gives a reserved address back that nothing uses. */
export const releaseAddressAction = defineAction<Kind>({
  apiVersion: 1,
  id: "release-address",
  summary: "give back a reserved address that nothing uses",
  kinds: ["compute.googleapis.com/Address", "AWS::EC2::EIP"],
  changes: ["exists"],
  facts: [
    {
      text: "A released Elastic IP address goes back to the pool. It can be asked for again only until another account has it, and without its tags.",
      source:
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing-eips-releasing.html",
      date: "2026-11-22",
    },
    {
      text: "A released static address of Google Cloud goes back to Google's pool; another project may get it.",
      source: "https://docs.cloud.google.com/vpc/docs/reserve-static-external-ip-address",
      date: "2026-11-22",
    },
  ],
  read: (resource) =>
    resource.kind === "AWS::EC2::EIP"
      ? aws(
          resource.scope,
          "ec2",
          "describe-addresses",
          "--filters",
          `Name=allocation-id,Values=${idOf(resource)}`,
        )
      : gcloud(resource.scope, "compute", "addresses", "describe", idOf(resource), regionFlag(resource)),
  isAbsent: isGone,
  parseState: (output, resource) => {
    if (output === undefined) return { exists: false };
    return resource.kind === "AWS::EC2::EIP" ? parseElastic(output, resource) : parseGce(output, resource);
  },
  plan: (request) => {
    const { resource, state } = request;
    const users = (state.usedBy ?? []) as readonly string[];
    if (users.length > 0) return refused(`${users.join(", ")} uses it`);
    const address = String(state.address);
    const isElastic = resource.kind === "AWS::EC2::EIP";
    return deleteForGood(request, {
      title: `Release the address ${address}`,
      before: pick(state, ["exists", "address", "usedBy"]),
      apply: [
        isElastic
          ? aws(resource.scope, "ec2", "release-address", "--allocation-id", idOf(resource))
          : gcloud(resource.scope, "compute", "addresses", "delete", idOf(resource), regionFlag(resource)),
      ],
      notes: [
        `${address} can't be had back, except by luck${isElastic ? `: while nobody else has it, \`aws ec2 allocate-address --domain vpc --address ${address}\` asks for it` : ""}.`,
        "DNS records, allow lists and licences that name it no longer work.",
      ],
    });
  },
});

function parseGce(output: string, resource: ResourceRef): Settings {
  const found = readOne(output, gceAddress, resource);
  const users = found.users.map(lastPart).toSorted();
  return {
    exists: true,
    address: found.address,
    isExternal: found.addressType === "EXTERNAL",
    // The cloud may say that it is in use and not by what.
    usedBy: users.length === 0 && found.status === "IN_USE" ? ["something"] : users,
  };
}

function parseElastic(output: string, resource: ResourceRef): Settings {
  const found = only("aws", readJson("aws", output, elasticAddresses, resource).Addresses, resource);
  if (found === undefined) return { exists: false };
  const user = found.InstanceId || found.NetworkInterfaceId || found.AssociationId;
  return { exists: true, address: found.PublicIp, isExternal: true, usedBy: user ? [user] : [] };
}

const idOf = ({ name }: ResourceRef): string => word("name", name);
