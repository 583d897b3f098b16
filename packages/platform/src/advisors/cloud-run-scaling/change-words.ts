import type { SettingChange } from "@trimtab/domain";

const MIB_PER_GIB = 1024;

const memoryWords = (from: number, to: number): string => {
  const areHalves = [from, to].every((mib) => mib % (MIB_PER_GIB / 2) === 0);
  return areHalves ? `${from / MIB_PER_GIB} → ${to / MIB_PER_GIB} GiB` : `${from} → ${to} MiB`;
};

/** A change of a service's setting as a title says it: `memory 4 → 2 GiB`. */
export const changeWords = ({ setting, from, to }: SettingChange): string => {
  switch (setting) {
    case "minInstances":
      return `min instances ${from} → ${to}`;
    case "maxInstances":
      return `max instances ${from} → ${to}`;
    case "cpu":
      return `vCPU ${from} → ${to}`;
    case "memoryMiB":
      return `memory ${memoryWords(Number(from), Number(to))}`;
    case "cpuAllocation":
      return `CPU billed by ${to}`;
    default:
      return `${setting} ${from} → ${to}`;
  }
};
