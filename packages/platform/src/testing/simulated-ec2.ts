import { type AwsCall, AwsRefusal, type AwsVerbs, found, type Item } from "./aws-account.ts";

const tagsOf = ({ all, one }: AwsCall): readonly { Key: string; Value: string }[] =>
  all("--tag-specifications").length === 0
    ? []
    : (JSON.parse(one("--tag-specifications")) as { Tags: { Key: string; Value: string }[] }[]).flatMap(
        ({ Tags }) => Tags,
      );

const hasTag = ({ Tags }: Item, key: string, value: string): boolean =>
  ((Tags ?? []) as readonly { Key: string; Value: string }[]).some(
    ({ Key, Value }) => Key === key && Value === value,
  );

const power =
  (name: string) =>
  ({ account, one }: AwsCall): unknown => {
    const instance = found(account.instances, one("--instance-ids"), "InvalidInstanceID.NotFound");
    instance.State = { Name: name };
    return {};
  };

/** Ours, by the filters that actions give. */
const snapshotsOf = ({ account, all, filter }: AwsCall): readonly Item[] => {
  const [id, volume] = [filter("snapshot-id"), filter("volume-id")];
  const tags = all("--filters").flatMap((text) => {
    const [, key, value] = /^Name=tag:([^,]*),Values=(.*)$/.exec(text) ?? [];
    return key === undefined || value === undefined ? [] : [[key, value] as const];
  });
  return [...account.snapshots.values()].filter(
    (snapshot) =>
      (id === undefined || snapshot.SnapshotId === id) &&
      (volume === undefined || snapshot.VolumeId === volume) &&
      tags.every(([key, value]) => hasTag(snapshot, key, value)),
  );
};

const SNAPSHOT_FILTERS = ["--owner-ids", "--filters"];
/** Ids look like the cloud's, and are not those that a test begins with. */
const idOf = (kind: string, items: ReadonlyMap<string, Item>): string =>
  `${kind}-0f${String(items.size + 1).padStart(15, "0")}`;

export const EC2_VERBS: AwsVerbs = {
  "ec2 describe-instances": {
    options: ["--filters"],
    run: ({ account, filter }) => {
      const instance = account.instances.get(filter("instance-id") ?? "");
      return { Reservations: instance === undefined ? [] : [{ Instances: [instance] }] };
    },
  },
  "ec2 stop-instances": { options: ["--instance-ids"], changes: true, run: power("stopped") },
  "ec2 start-instances": { options: ["--instance-ids"], changes: true, run: power("running") },
  "ec2 modify-instance-attribute": {
    options: ["--instance-id", "--instance-type"],
    changes: true,
    run: ({ account, one }) => {
      const instance = found(account.instances, one("--instance-id"), "InvalidInstanceID.NotFound");
      if ((instance.State as Item).Name !== "stopped")
        throw new AwsRefusal("IncorrectInstanceState", "The instance is not stopped");
      instance.InstanceType = one("--instance-type").replace(/^Value=/, "");
    },
  },
  "ec2 describe-volumes": {
    options: [],
    run: ({ account }) => ({ Volumes: [...account.volumes.values()] }),
  },
  "ec2 create-volume": {
    options: [
      ...["--snapshot-id", "--availability-zone", "--volume-type", "--size", "--iops", "--throughput"],
      "--tag-specifications",
    ],
    changes: true,
    run: (call) => {
      const { account, one, all } = call;
      found(account.snapshots, one("--snapshot-id"), "InvalidSnapshot.NotFound");
      const number = (option: string) => (all(option).length === 0 ? null : Number(one(option)));
      const VolumeId = idOf("vol", account.volumes);
      const volume = {
        VolumeId,
        Size: number("--size"),
        VolumeType: one("--volume-type"),
        State: "available",
        AvailabilityZone: one("--availability-zone"),
        Iops: number("--iops"),
        Throughput: number("--throughput"),
        Attachments: [],
        Tags: tagsOf(call),
      };
      account.volumes.set(VolumeId, volume);
      return volume;
    },
  },
  "ec2 delete-volume": {
    options: ["--volume-id"],
    changes: true,
    run: ({ account, one }) => {
      const volume = found(account.volumes, one("--volume-id"), "InvalidVolume.NotFound");
      if ((volume.Attachments as readonly unknown[]).length > 0)
        throw new AwsRefusal("VolumeInUse", "The volume is attached");
      account.volumes.delete(one("--volume-id"));
    },
  },
  "ec2 create-snapshot": {
    options: ["--volume-id", "--tag-specifications"],
    changes: true,
    run: (call) => {
      const { account, one } = call;
      const { Size } = found(account.volumes, one("--volume-id"), "InvalidVolume.NotFound");
      const SnapshotId = idOf("snap", account.snapshots);
      const own = { SnapshotId, VolumeId: one("--volume-id"), VolumeSize: Size, Tags: tagsOf(call) };
      account.snapshots.set(SnapshotId, { ...own, State: "completed", StartTime: "2026-07-01T12:00:00Z" });
      return own;
    },
  },
  "ec2 wait snapshot-completed": {
    options: SNAPSHOT_FILTERS,
    run: (call) => {
      if (snapshotsOf(call).some(({ State }) => State !== "completed"))
        throw new AwsRefusal("Waiter", "Max attempts exceeded");
    },
  },
  "ec2 describe-snapshots": {
    options: SNAPSHOT_FILTERS,
    run: (call) => ({ Snapshots: snapshotsOf(call) }),
  },
  "ec2 delete-snapshot": {
    options: ["--snapshot-id"],
    changes: true,
    run: ({ account, one }) => {
      found(account.snapshots, one("--snapshot-id"), "InvalidSnapshot.NotFound");
      account.snapshots.delete(one("--snapshot-id"));
    },
  },
  "ec2 describe-addresses": {
    options: ["--filters"],
    run: ({ account, filter }) => {
      const address = account.addresses.get(filter("allocation-id") ?? "");
      return { Addresses: address === undefined ? [] : [address] };
    },
  },
  "ec2 release-address": {
    options: ["--allocation-id"],
    changes: true,
    run: ({ account, one }) => {
      const address = found(account.addresses, one("--allocation-id"), "InvalidAllocationID.NotFound");
      if (address.AssociationId !== undefined)
        throw new AwsRefusal("InvalidIPAddress.InUse", "The address is associated");
      account.addresses.delete(one("--allocation-id"));
    },
  },
};
