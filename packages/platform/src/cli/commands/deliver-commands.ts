import type { Commands } from "../command.ts";

/** What is sent, and what runs at set times. */
export const DELIVER_COMMANDS: Commands = {
  channels: {
    group: "deliver",
    summary: "list the channels that reports and alerts are sent to",
    load: async () => (await import("./channels.ts")).channelsCommand,
  },
  "channels kinds": {
    group: "deliver",
    summary: "list the kinds of channel and the fields that each asks for",
    load: async () => (await import("./channels-kinds.ts")).channelsKindsCommand,
  },
  "channels add": {
    group: "deliver",
    summary: "add a channel: Slack, email or a webhook",
    load: async () => (await import("./channels-add.ts")).channelsAddCommand,
  },
  "channels change": {
    group: "deliver",
    summary: "change a channel, or switch it on or off; what is left out stays",
    load: async () => (await import("./channels-change.ts")).channelsChangeCommand,
  },
  "channels remove": {
    group: "deliver",
    summary: "remove a channel with its secrets; what waits for it is cancelled",
    load: async () => (await import("./channels-remove.ts")).channelsRemoveCommand,
  },
  "channels test": {
    group: "deliver",
    summary: "send a test message now and say how it went",
    load: async () => (await import("./channels-test.ts")).channelsTestCommand,
  },
  "channels allow": {
    group: "deliver",
    summary: "list or change the private networks that channels may reach",
    load: async () => (await import("./channels-allow.ts")).channelsAllowCommand,
  },
  outbox: {
    group: "deliver",
    summary: "list what was sent, waits to be sent, or was given up",
    load: async () => (await import("./outbox.ts")).outboxCommand,
  },
  "outbox show": {
    group: "deliver",
    summary: "show a delivery and every try at it",
    load: async () => (await import("./outbox-show.ts")).outboxShowCommand,
  },
  "outbox replay": {
    group: "deliver",
    summary: "try deliveries again that were given up",
    load: async () => (await import("./outbox-replay.ts")).outboxReplayCommand,
  },
  "outbox cancel": {
    group: "deliver",
    summary: "give up a delivery that waits",
    load: async () => (await import("./outbox-cancel.ts")).outboxCancelCommand,
  },
  schedules: {
    group: "deliver",
    summary: "list what runs at set times, when next, and how it went last",
    load: async () => (await import("./schedules.ts")).schedulesCommand,
  },
  "schedules jobs": {
    group: "deliver",
    summary: "list what can be scheduled and the settings that each job asks for",
    load: async () => (await import("./schedules-jobs.ts")).schedulesJobsCommand,
  },
  "schedules add": {
    group: "deliver",
    summary: "run something at set times",
    load: async () => (await import("./schedules-add.ts")).schedulesAddCommand,
  },
  "schedules change": {
    group: "deliver",
    summary: "change when something runs, or switch it on or off; what is left out stays",
    load: async () => (await import("./schedules-change.ts")).schedulesChangeCommand,
  },
  "schedules remove": {
    group: "deliver",
    summary: "remove a schedule and the history of its runs",
    load: async () => (await import("./schedules-remove.ts")).schedulesRemoveCommand,
  },
  "schedules run": {
    group: "deliver",
    summary: "ask for a run now, whatever the time",
    load: async () => (await import("./schedules-run.ts")).schedulesRunCommand,
  },
  "schedules runs": {
    group: "deliver",
    summary: "list the runs of a schedule and how they went, newest first",
    load: async () => (await import("./schedules-runs.ts")).schedulesRunsCommand,
  },
  tick: {
    group: "deliver",
    summary: "run once what is due now: schedules, then what waits to be sent",
    load: async () => (await import("./tick.ts")).tickCommand,
  },
};
