/** A setting's value as people read it. */
export const settingText = (value: unknown): string =>
  value === null || value === undefined
    ? "not set"
    : typeof value === "string"
      ? value
      : JSON.stringify(value);

/** What is written in its own way, whatever the case. */
const SIGNS: Readonly<Record<string, string>> = {
  cpu: "CPU",
  vcpu: "vCPU",
  mib: "MiB",
  gib: "GiB",
  gb: "GB",
  iops: "IOPS",
  id: "ID",
};

/** `memoryMiB` → `Memory MiB`, `minInstances` → `Min instances`. */
export const settingTitle = (setting: string): string => {
  const words = setting.match(/[MGT]i?B|[A-Z]?[a-z0-9]+|[A-Z]+/g) ?? [setting];
  const text = words.map((word) => SIGNS[word.toLowerCase()] ?? word.toLowerCase()).join(" ");
  return text.startsWith("vCPU") ? text : text.charAt(0).toUpperCase() + text.slice(1);
};
