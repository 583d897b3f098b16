import type { ActionDefinition } from "./action.ts";
import { cloudRunAction } from "./cloud-run/cloud-run-action.ts";
import { cloudRunMinimumsAction } from "./cloud-run-minimums/cloud-run-minimums-action.ts";
import { cloudSqlAction } from "./cloud-sql/cloud-sql-action.ts";
import { cloudTasksQueueAction } from "./cloud-tasks-queue/cloud-tasks-queue-action.ts";
import { deleteBalancerAction } from "./delete-balancer/delete-balancer-action.ts";
import { deleteDiskAction } from "./delete-disk/delete-disk-action.ts";
import { deleteSnapshotAction } from "./delete-snapshot/delete-snapshot-action.ts";
import { dynamodbCapacityAction } from "./dynamodb-capacity/dynamodb-capacity-action.ts";
import { machinePowerAction } from "./machine-power/machine-power-action.ts";
import { machineResizeAction } from "./machine-resize/machine-resize-action.ts";
import { offHoursAction } from "./off-hours/off-hours-action.ts";
import { rdsAction } from "./rds/rds-action.ts";
import { releaseAddressAction } from "./release-address/release-address-action.ts";

/** Every action by its id. A folder here has its line, and a test compares them. */
export const actions = {
  "cloud-run": cloudRunAction,
  "cloud-run-minimums": cloudRunMinimumsAction,
  "cloud-sql": cloudSqlAction,
  "cloud-tasks-queue": cloudTasksQueueAction,
  "delete-balancer": deleteBalancerAction,
  "delete-disk": deleteDiskAction,
  "delete-snapshot": deleteSnapshotAction,
  "dynamodb-capacity": dynamodbCapacityAction,
  "machine-power": machinePowerAction,
  "machine-resize": machineResizeAction,
  "off-hours": offHoursAction,
  rds: rdsAction,
  "release-address": releaseAddressAction,
} as const satisfies Readonly<Record<string, ActionDefinition>>;
