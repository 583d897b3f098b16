import type { Json, ResourceRef, SettingChange } from "@trimtab/domain";

type Tree = { [key: string]: Json | Tree };

/** Where each setting stands in the block. */
const PLACES: Readonly<Record<string, readonly (readonly [path: string, value: (to: Json) => Json])[]>> = {
  minInstances: [["template.scaling.min_instance_count", (to) => to]],
  maxInstances: [["template.scaling.max_instance_count", (to) => to]],
  cpu: [["template.containers.resources.limits.cpu", (to) => to]],
  memoryMiB: [["template.containers.resources.limits.memory", (to) => `${String(to)}Mi`]],
  concurrency: [["template.max_instance_request_concurrency", (to) => to]],
  cpuAllocation: [["template.containers.resources.cpu_idle", (to) => to === "request"]],
  startupCpuBoost: [["template.containers.resources.startup_cpu_boost", (to) => to]],
  executionEnvironment: [
    ["template.execution_environment", (to) => `EXECUTION_ENVIRONMENT_${String(to).toUpperCase()}`],
  ],
};

/** @see https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/cloud_run_v2_service, 2026-06 */
export const cloudRunTerraform = (
  { name, scope }: ResourceRef<"run.googleapis.com/Service">,
  changes: readonly SettingChange[],
  { minInstancesOn }: { readonly [setting: string]: Json },
): { readonly type: string; readonly attributes: { readonly [key: string]: Json } } => {
  const attributes: Tree = { name, location: scope.region, project: scope.account };
  for (const { setting, to } of changes)
    for (const [path, value] of PLACES[setting] ?? []) {
      const isOfService = setting === "minInstances" && minInstancesOn === "service";
      const place = isOfService ? path.replace("template.", "") : path;
      put(attributes, place.split("."), value(to));
    }
  return { type: "google_cloud_run_v2_service", attributes: attributes as { readonly [key: string]: Json } };
};

const put = (tree: Tree, [head = "", ...rest]: readonly string[], value: Json): void => {
  if (rest.length === 0) {
    tree[head] = value;
    return;
  }
  const below = (tree[head] ?? {}) as Tree;
  tree[head] = below;
  put(below, rest, value);
};
