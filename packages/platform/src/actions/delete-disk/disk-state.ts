import type { Json, ResourceRef } from "@trimtab/domain";
import { z } from "zod";
import type { Command } from "../action.ts";
import { aws, word } from "../shared/commands.ts";
import { lastPart, readOne, readZonal } from "../shared/gce-place.ts";
import { only, readJson } from "../shared/read-json.ts";

export type DiskKind = "compute.googleapis.com/Disk" | "AWS::EC2::Volume";
type Settings = { readonly [setting: string]: Json };

/** A volume that is restored has another id, and this tag with the old one. */
export const RESTORES = "trimtab:restores";

const gceDisk = z.object({
  sizeGb: z.coerce.number(),
  type: z.string(),
  status: z.string().default("READY"),
  zone: z.string().optional(),
  region: z.string().optional(),
  replicaZones: z.array(z.string()).default([]),
  users: z.array(z.string()).default([]),
  labels: z.record(z.string(), z.string()).default({}),
  diskEncryptionKey: z.object({ kmsKeyName: z.string().optional() }).optional(),
});

const volumes = z.object({
  Volumes: z.array(
    z.object({
      VolumeId: z.string(),
      Size: z.number(),
      VolumeType: z.string(),
      State: z.string(),
      AvailabilityZone: z.string(),
      Iops: z.number().nullish(),
      Throughput: z.number().nullish(),
      Attachments: z.array(z.object({ InstanceId: z.string().optional() })).default([]),
      Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
    }),
  ),
});

/** Volumes that are it, by id or, restored, by tag; Google's disk keeps its name. */
export function readDisk(resource: ResourceRef<DiskKind>): Command {
  if (resource.kind === "compute.googleapis.com/Disk") return readZonal(resource, "disks");
  const query = `Volumes[?contains(to_string([VolumeId,Tags]),'${word("id", resource.name)}')]`;
  return aws(resource.scope, "ec2", "describe-volumes", "--query", `{Volumes:${query}}`);
}

/** @throws ACTION_STATE_UNREADABLE */
export function parseDisk(output: string | undefined, resource: ResourceRef<DiskKind>): Settings {
  if (output === undefined) return { exists: false };
  return resource.kind === "AWS::EC2::Volume" ? parseVolume(output, resource) : parseGce(output, resource);
}

function parseGce(output: string, resource: ResourceRef): Settings {
  const found = readOne(output, gceDisk, resource);
  return {
    exists: true,
    status: found.status,
    sizeGiB: found.sizeGb,
    type: lastPart(found.type),
    place: found.zone === undefined ? "region" : "zone",
    zone: lastPart(found.zone ?? found.region ?? ""),
    replicaZones: found.replicaZones.map(lastPart),
    attachedTo: found.users.map(lastPart).toSorted(),
    tags: found.labels,
    encryption:
      found.diskEncryptionKey === undefined ? "google" : (found.diskEncryptionKey.kmsKeyName ?? "supplied"),
  };
}

function parseVolume(output: string, resource: ResourceRef): Settings {
  const isIt = ({ VolumeId, Tags }: z.output<typeof volumes>["Volumes"][number]) =>
    VolumeId === resource.name || Tags.some(({ Key, Value }) => Key === RESTORES && Value === resource.name);
  const all = readJson("aws", output, volumes, resource).Volumes;
  const found = only(
    "aws",
    all.filter((volume) => isIt(volume) && volume.State !== "deleting"),
    resource,
  );
  if (found === undefined) return { exists: false };
  return {
    exists: true,
    status: found.State,
    sizeGiB: found.Size,
    type: found.VolumeType,
    iops: found.Iops ?? null,
    throughputMiBps: found.Throughput ?? null,
    zone: found.AvailabilityZone,
    attachedTo: found.Attachments.map(({ InstanceId }) => InstanceId ?? "?").toSorted(),
    tags: Object.fromEntries(
      found.Tags.filter(({ Key }) => !Key.startsWith("aws:") && Key !== RESTORES).map(({ Key, Value }) => [
        Key,
        Value,
      ]),
    ),
  };
}
