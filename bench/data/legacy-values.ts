import { curValues } from "./cur-values.ts";

/** Attributes that a legacy report spreads over columns of their own, each filled on a share of the rows. */
const ATTRIBUTES = [
  "availability",
  "capacitystatus",
  "clock_speed",
  "current_generation",
  "database_engine",
  "dedicated_ebs_throughput",
  "deployment_option",
  "description",
  "durability",
  "ecu",
  "edition",
  "endpoint_type",
  "engine_code",
  "enhanced_networking_supported",
  "event_type",
  "free_query_types",
  "from_location",
  "from_location_type",
  "group",
  "group_description",
  "instance_family",
  "intel_avx_available",
  "intel_turbo_available",
  "license_model",
  "location_type",
  "max_iops_volume",
  "max_throughput_volume",
  "max_volume_size",
  "memory",
  "message_delivery_frequency",
  "message_delivery_order",
  "network_performance",
  "normalization_size_factor",
  "operating_system",
  "operation",
  "physical_processor",
  "pre_installed_sw",
  "processor_architecture",
  "processor_features",
  "provisioned",
  "queue_type",
  "request_description",
  "request_type",
  "routing_target",
  "routing_type",
  "servicename",
  "storage",
  "storage_class",
  "storage_media",
  "tenancy",
  "to_location",
  "to_location_type",
  "transfer_type",
  "usagetype",
  "vcpu",
  "version",
  "virtual_interface_type",
  "volume_type",
  "region",
  "physical_cores",
  "gpu",
  "max_iops_burst",
  "min_volume_size",
  "origin",
  "recipient",
  "resource_type",
  "rootvolume",
  "running_mode",
  "software_included",
  "sku_detail",
  "subscription_type",
] as const;

/** A legacy CUR in Athena's spelling: 120 columns, the maps of CUR 2.0 spread out. */
export const legacyValues = (): Readonly<Record<string, string>> => {
  const columns: Record<string, string> = {};
  for (const [name, value] of Object.entries(curValues("2026-09"))) {
    if (value.startsWith("MAP")) continue;
    columns[name] = value;
  }
  for (const [index, name] of ATTRIBUTES.entries())
    columns[`product_${name}`] =
      `CASE WHEN i % ${1 + (index % 12)} = 0 THEN '${name} ' || (i % ${3 + index}) END`;
  for (const name of ["team", "environment", "app"])
    columns[`resource_tags_user_${name}`] = `CASE WHEN i % 5 > 0 THEN '${name}' || (i % 17) END`;
  return columns;
};
