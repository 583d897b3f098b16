import { instantOf, type Json } from "@trimtab/domain";
import { notifyErrors } from "../../notify/errors.ts";
import type { JobKind, Recipient } from "../../notify/scheduler/job.ts";
import type { DeliveryParts } from "./delivery-parts.ts";
import { addressOf } from "./send-message.ts";

export interface ScheduleInput {
  readonly name: string;
  readonly job: { readonly kind: string; readonly settings: { readonly [key: string]: Json } };
  readonly cron: string;
  readonly timeZone: string;
  readonly missed: "run-once" | "skip";
  readonly recipients: readonly Recipient[];
  readonly enabled: boolean;
}

/** What is kept of a schedule, all of it checked. @throws SCHEDULE_*, NOTIFY_ADDRESS_MISSING */
const draftOf = async (parts: DeliveryParts, input: ScheduleInput, ownerId: string | null) => {
  const { checkCronTimes } = await import("../../notify/scheduler/cron-times.ts");
  const { checkJobSettings } = await import("../../notify/scheduler/check-job.ts");
  const { name, job, cron, timeZone, missed, recipients, enabled } = input;
  const next = checkCronTimes({ cron, timeZone }, parts.state.clock());
  const { kind, settings } = checkJobSettings(parts.jobs, job);
  await checkRecipients(parts, kind, { recipients, ownerId });
  const nextRunAt = instantOf(next);
  return { name, kind: kind.kind, settings, cron, timeZone, missed, recipients, enabled, nextRunAt };
};

const checkRecipients = async (
  parts: DeliveryParts,
  kind: JobKind,
  { recipients, ownerId }: { readonly recipients: readonly Recipient[]; readonly ownerId: string | null },
): Promise<void> => {
  const refuse = (recipient: string, reason: string) =>
    notifyErrors.create("SCHEDULE_RECIPIENT_INVALID", { recipient, reason });
  if (kind.delivers && recipients.length === 0) throw refuse("list", `${kind.title} needs at least one`);
  if (!kind.delivers && recipients.length > 0) throw refuse("list", `${kind.title} sends nothing`);
  const { findPersonByEmail } = await import("../../state/people.ts");
  for (const recipient of recipients) {
    await addressOf(parts, recipient);
    const { address, asOwner } = recipient;
    // The machine sees all charges: that is not sent out by a slip of the keys.
    if (ownerId !== null || address === undefined || asOwner === true) continue;
    if ((await findPersonByEmail(parts.state, address)) === undefined)
      throw refuse(
        address,
        "it is nobody's here, and would get all that this machine sees; say so with --to-outsider",
      );
  }
};

/** @returns its id @throws SCHEDULE_*, NOTIFY_ADDRESS_MISSING, STATE_* */
export const addSchedule = async (
  parts: DeliveryParts,
  actor: string,
  input: ScheduleInput,
  ownerId: string | null,
): Promise<string> => {
  const { createSchedule } = await import("../../state/schedules.ts");
  return await createSchedule(parts.state, actor, { ...(await draftOf(parts, input, ownerId)), ownerId });
};

type Changes = { readonly [K in keyof ScheduleInput]?: ScheduleInput[K] | undefined };

/** What is left out stays as it is. @throws as `addSchedule`, and STATE_CONFLICT, STATE_NOT_FOUND */
export const editSchedule = async (
  parts: DeliveryParts,
  actor: string,
  { id, version, ...changes }: Changes & { readonly id: string; readonly version: number },
): Promise<void> => {
  const { readSchedule, changeSchedule } = await import("../../state/schedules.ts");
  const there = await readSchedule(parts.state, id);
  const draft = await draftOf(
    parts,
    {
      name: changes.name ?? there.name,
      job: changes.job ?? { kind: there.kind, settings: there.settings },
      cron: changes.cron ?? there.cron,
      timeZone: changes.timeZone ?? there.timeZone,
      missed: changes.missed ?? there.missed,
      recipients: changes.recipients ?? there.recipients,
      enabled: changes.enabled ?? there.enabled,
    },
    there.ownerId,
  );
  await changeSchedule(parts.state, actor, { id, version, ...draft, ownerId: there.ownerId });
};
