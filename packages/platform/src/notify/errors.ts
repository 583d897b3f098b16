import { defineErrors } from "@trimtab/domain";

/** What can go wrong with channels, the outbox and schedules. Addresses of channels are secret: no text holds one. */
export const notifyErrors = defineErrors({
  NOTIFY_CHANNEL_INVALID: {
    message: "The channel can't be kept: {field}: {reason}",
    hint: "Mend the field; `trimtab channels kinds` lists what each kind of channel asks for.",
    exitCode: 2,
    status: 422,
  },
  NOTIFY_CHANNEL_KIND_UNKNOWN: {
    message: 'There is no kind of channel "{kind}"',
    hint: "Choose one of {kinds}.",
    exitCode: 2,
    status: 422,
  },
  NOTIFY_ADDRESS_MISSING: {
    message: "Channel {channel} sends to addresses, and none was given",
    hint: "Give an email address, or a person who has one.",
    exitCode: 2,
    status: 422,
  },
  NOTIFY_ADDRESS_REFUSED: {
    message: "{host} is not to be reached: {reason}",
    why: "Channels reach public addresses only, so that nobody makes this server ask its own network.",
    hint: "If it belongs to you, allow its network: `trimtab channels allow NETWORK`, or Settings, Delivery.",
    exitCode: 2,
    status: 422,
  },
  NOTIFY_NETWORK_INVALID: {
    message: "{network} is no network",
    hint: "Write an address (10.0.0.25) or a CIDR range (10.0.0.0/24, fd12::/16).",
    exitCode: 2,
    status: 422,
  },
  NOTIFY_MESSAGE_INVALID: {
    message: "The message can't be sent: {field}: {reason}",
    hint: "This is a fault in Trimtab if you did not write the message; report it.",
    exitCode: 2,
    status: 422,
  },
  SCHEDULE_CRON_INVALID: {
    message: '"{cron}" is no schedule: {reason}',
    hint: "Write five fields: minute, hour, day of month, month, day of week, such as `0 8 * * MON-FRI`.",
    exitCode: 2,
    status: 422,
  },
  SCHEDULE_TIME_ZONE_INVALID: {
    message: '"{timeZone}" is no time zone',
    hint: "Give an IANA name, such as Europe/Berlin, America/New_York or UTC.",
    exitCode: 2,
    status: 422,
  },
  SCHEDULE_NEVER: {
    message: '"{cron}" never comes',
    hint: "Check day and month: 30 February does not exist.",
    exitCode: 2,
    status: 422,
  },
  SCHEDULE_JOB_UNKNOWN: {
    message: 'There is no job "{kind}"',
    hint: "Choose one of {kinds}.",
    exitCode: 2,
    status: 422,
  },
  SCHEDULE_SETTINGS_INVALID: {
    message: "The job {kind} can't use {field}: {reason}",
    hint: "Mend the setting; `trimtab schedules jobs` lists what each job asks for.",
    exitCode: 2,
    status: 422,
  },
  SCHEDULE_RECIPIENT_INVALID: {
    message: "Recipient {recipient} can't be used: {reason}",
    hint: "Name a channel that there is, and for email a person or an address.",
    exitCode: 2,
    status: 422,
  },
});
