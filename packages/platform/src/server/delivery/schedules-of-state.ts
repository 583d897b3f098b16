import type { ScheduleStore } from "../../notify/scheduler/schedule-store.ts";
import type { DeliveryParts } from "./delivery-parts.ts";
import { sendMessage } from "./send-message.ts";

/** Schedules as the state database keeps them. */
export const schedulesOf = async (parts: DeliveryParts, actor: string): Promise<ScheduleStore> => {
  const { state } = parts;
  const { listSchedules, readSchedule } = await import("../../state/schedules.ts");
  const runs = await import("../../state/schedule-runs.ts");
  return {
    list: () => listSchedules(state),
    read: (id) => readSchedule(state, id),
    advance: (step) => runs.advanceSchedule(state, actor, step),
    isAnyRunOpen: () => runs.isAnyRunOpen(state),
    claimRun: (request) => runs.claimRun(state, actor, request),
    renewRun: (claim, leaseMs) => runs.renewRun(state, actor, claim, leaseMs),
    endRun: (claim, end) => runs.endRun(state, actor, claim, end),
    enqueue: async (recipient, message, key) => {
      await sendMessage(parts, actor, { recipient, message, key });
    },
  };
};
