import { z } from "zod";
import { lastPart, type NormaliseContext, type Normaliser } from "../normalise.ts";
import { computeBase, computeItem, linkName } from "./compute.ts";

const instance = z.object({
  ...computeBase,
  status: z.string(),
  machineType: z.string(),
  scheduling: z
    .object({ preemptible: z.boolean().default(false), provisioningModel: z.string().optional() })
    .default({ preemptible: false }),
  metadata: z
    .object({ items: z.array(z.object({ key: z.string(), value: z.string().optional() })).default([]) })
    .default({ items: [] }),
  disks: z
    .array(z.object({ source: z.string().optional(), licenses: z.array(z.string()).default([]) }))
    .default([]),
});

/** vCPUs and memory by zone and machine type, as `zones/Z/machineTypes/T` says. */
export type MachineTypes = ReadonlyMap<string, { readonly guestCpus: number; readonly memoryMb: number }>;

/** An instance of Compute Engine; the size of its machine where `types` or the name of the type says it. */
export const computeInstance = (
  types: MachineTypes = new Map(),
): Normaliser<"compute.googleapis.com/Instance"> => ({
  kind: "compute.googleapis.com/Instance",
  normalise: (body: unknown, context: NormaliseContext) => {
    const { found, zone, common } = computeItem(instance, body, context);
    const machineType = lastPart(found.machineType);
    const own = types.get(`${zone}/${machineType}`) ?? customSize(machineType);
    const creator = found.metadata.items.find(({ key }) => key === "created-by")?.value;
    return {
      kind: "compute.googleapis.com/Instance",
      ...common,
      settings: {
        machineType,
        vCpus: own === undefined ? null : String(own.guestCpus),
        memoryMiB: own?.memoryMb ?? null,
        status: statusOf(found.status),
        zone,
        isSpot: found.scheduling.preemptible || found.scheduling.provisioningModel === "SPOT",
        os: osOf(found.disks.flatMap(({ licenses }) => licenses)),
        managedBy: creator?.includes("/instanceGroupManagers/") ? creator : null,
        disks: found.disks.flatMap(({ source }) => (source === undefined ? [] : [linkName(source)])),
      },
    };
  },
});

/** TERMINATED is what Google calls a machine that was stopped and can be started again. */
const statusOf = (status: string): string => {
  if (status === "RUNNING") return "running";
  return status === "TERMINATED" ? "stopped" : status.toLowerCase();
};

/** `n2-custom-4-8192` and `custom-4-8192` say it themselves. */
const customSize = (type: string): { readonly guestCpus: number; readonly memoryMb: number } | undefined => {
  const [, cpus, memory] = /(?:^|-)custom-(?:(?:micro|small|medium)-)?(\d+)-(\d+)/.exec(type) ?? [];
  return cpus === undefined ? undefined : { guestCpus: Number(cpus), memoryMb: Number(memory) };
};

/** Licences of a boot disk name the system. */
const osOf = (licenses: readonly string[]): string | null => {
  const [first] = licenses;
  return first === undefined ? null : lastPart(first);
};
