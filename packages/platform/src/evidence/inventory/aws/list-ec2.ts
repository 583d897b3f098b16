import type * as Ec2 from "@aws-sdk/client-ec2";
import type { InventoryItem } from "@trimtab/domain";
import type { NormaliseContext } from "../normalise.ts";
import { ec2Address } from "./ec2-address.ts";
import { ec2Instance, type InstanceTypes } from "./ec2-instance.ts";
import { ec2Snapshot } from "./ec2-snapshot.ts";
import { ec2Volume } from "./ec2-volume.ts";

type Sdk = typeof Ec2;
/** Lists of one client, in one region. */
export type Ec2Lister = (
  sdk: Sdk,
  client: Ec2.EC2Client,
  context: NormaliseContext,
) => Promise<readonly InventoryItem[]>;

/** DescribeInstanceTypes takes so many names at once. */
const TYPES_AT_ONCE = 100;

export const listInstances: Ec2Lister = async (sdk, client, context) => {
  const bodies: object[] = [];
  for await (const { Reservations = [] } of sdk.paginateDescribeInstances({ client }, {}))
    for (const { OwnerId, Instances = [] } of Reservations)
      bodies.push(...Instances.map((body) => ({ ...body, OwnerId })));
  // What is terminated is gone; it stays in the list for an hour.
  const live = bodies.filter((body) => (body as { State?: { Name?: string } }).State?.Name !== "terminated");
  const names = new Set(live.map((body) => String((body as { InstanceType?: string }).InstanceType)));
  const normaliser = ec2Instance(await typesOf(sdk, client, [...names]));
  return live.map((body) => normaliser.normalise(body, context));
};

const typesOf = async (sdk: Sdk, client: Ec2.EC2Client, names: readonly string[]): Promise<InstanceTypes> => {
  const types = new Map<string, { vCpus: number; memoryMiB: number }>();
  for (let start = 0; start < names.length; start += TYPES_AT_ONCE) {
    const InstanceTypes = names.slice(start, start + TYPES_AT_ONCE) as never;
    const answer = await client.send(new sdk.DescribeInstanceTypesCommand({ InstanceTypes }));
    for (const { InstanceType, VCpuInfo, MemoryInfo } of answer.InstanceTypes ?? []) {
      const [vCpus, memoryMiB] = [VCpuInfo?.DefaultVCpus, MemoryInfo?.SizeInMiB];
      if (InstanceType !== undefined && vCpus !== undefined && memoryMiB !== undefined)
        types.set(InstanceType, { vCpus, memoryMiB });
    }
  }
  return types;
};

export const listVolumes: Ec2Lister = async (sdk, client, context) => {
  const items: InventoryItem[] = [];
  for await (const { Volumes = [] } of sdk.paginateDescribeVolumes({ client }, {}))
    items.push(...Volumes.map((body) => ec2Volume.normalise(body, context)));
  return items;
};

/** Ours alone: without an owner AWS lists every public snapshot there is. */
export const listSnapshots: Ec2Lister = async (sdk, client, context) => {
  const users = new Map<string, string[]>();
  for await (const { Images = [] } of sdk.paginateDescribeImages({ client }, { Owners: ["self"] }))
    for (const image of Images)
      for (const snapshot of snapshotsOf(image))
        users.set(snapshot, [...(users.get(snapshot) ?? []), String(image.ImageId)]);
  const normaliser = ec2Snapshot(users);
  const items: InventoryItem[] = [];
  for await (const { Snapshots = [] } of sdk.paginateDescribeSnapshots({ client }, { OwnerIds: ["self"] }))
    items.push(...Snapshots.map((body) => normaliser.normalise(body, context)));
  return items;
};

const snapshotsOf = ({ BlockDeviceMappings = [] }: Ec2.Image): readonly string[] =>
  BlockDeviceMappings.flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []);

export const listAddresses: Ec2Lister = async (sdk, client, context) => {
  const { Addresses = [] } = await client.send(new sdk.DescribeAddressesCommand({}));
  return Addresses.map((body) => ec2Address.normalise(body, context));
};
