import type { Commands } from "../command.ts";

/** What is decided and changed: advice, programmes, plans. */
export const CHANGE_COMMANDS: Commands = {
  run: {
    group: "advise",
    summary: "the whole loop in one report, read-only: analyse, advise, programme, status",
    load: async () => (await import("./run.ts")).runCommand,
  },
  summary: {
    group: "advise",
    summary: "before and after, what is done, the timeline, and what to do now",
    load: async () => (await import("./summary.ts")).summaryCommand,
  },
  inventory: {
    group: "advise",
    summary: "list what each resource's settings are, or were on a day",
    load: async () => (await import("./inventory.ts")).inventoryCommand,
  },
  "inventory collect": {
    group: "advise",
    summary: "read the settings of all resources from a cloud",
    load: async () => (await import("./inventory-collect.ts")).inventoryCollectCommand,
  },
  "inventory load": {
    group: "advise",
    summary: "load the settings of resources from files",
    load: async () => (await import("./inventory-load.ts")).inventoryLoadCommand,
  },
  prices: {
    group: "advise",
    summary: "what one unit costs you, and where that is known from",
    load: async () => (await import("./prices.ts")).pricesCommand,
  },
  "prices load": {
    group: "advise",
    summary: "load price lists of your own, or AWS's offer files",
    load: async () => (await import("./prices-load.ts")).pricesLoadCommand,
  },
  advise: {
    group: "advise",
    summary: "ask every advisor what to change, what it saves and what it risks",
    load: async () => (await import("./advise.ts")).adviseCommand,
  },
  recommendations: {
    group: "advise",
    summary: "list what was recommended and what was decided about it",
    load: async () => (await import("./recommendations.ts")).recommendationsCommand,
  },
  "recommendations show": {
    group: "advise",
    summary: "show one recommendation in full: evidence, prices, risk, history",
    load: async () => (await import("./recommendations-show.ts")).recommendationsShowCommand,
  },
  "recommendations accept": {
    group: "advise",
    summary: "decide to do what was recommended",
    load: async () => (await import("./recommendations-accept.ts")).recommendationsAcceptCommand,
  },
  "recommendations dismiss": {
    group: "advise",
    summary: "decide against what was recommended, with the reason",
    load: async () => (await import("./recommendations-dismiss.ts")).recommendationsDismissCommand,
  },
  "recommendations snooze": {
    group: "advise",
    summary: "decide later: not listed as open until a day",
    load: async () => (await import("./recommendations-snooze.ts")).recommendationsSnoozeCommand,
  },
  "recommendations reopen": {
    group: "advise",
    summary: "take a decision back",
    load: async () => (await import("./recommendations-reopen.ts")).recommendationsReopenCommand,
  },
  programme: {
    group: "advise",
    summary: "show a programme of work: its tasks over time, the critical path, week by week, risks",
    load: async () => (await import("./programme.ts")).programmeCommand,
  },
  "programme import": {
    group: "advise",
    summary: "bring a programme to what its file says",
    load: async () => (await import("./programme-import.ts")).programmeImportCommand,
  },
  "programme export": {
    group: "advise",
    summary: "print a programme as a file",
    load: async () => (await import("./programme-export.ts")).programmeExportCommand,
  },
  "programme create": {
    group: "advise",
    summary: "make a programme of the recommendations that were accepted",
    load: async () => (await import("./programme-create.ts")).programmeCreateCommand,
  },
  "programme task": {
    group: "advise",
    summary: "start, block, resume, cancel or reopen a task",
    load: async () => (await import("./programme-task.ts")).programmeTaskCommand,
  },
  "programme waterfall": {
    group: "advise",
    summary: "what each task saves in its turn, from today's spend to the target, exactly",
    load: async () => (await import("./programme-waterfall.ts")).programmeWaterfallCommand,
  },
  "programme check": {
    group: "advise",
    summary:
      "measure every success criterion: tick the tasks that it shows done, and untick what no longer holds",
    load: async () => (await import("./programme-check.ts")).programmeCheckCommand,
  },
  "programme status": {
    group: "advise",
    summary: "where a programme stands: costs, targets as measured, risks, blockers, budget, return",
    load: async () => (await import("./programme-status.ts")).programmeStatusCommand,
  },
  "programme project": {
    group: "advise",
    summary: "what services would cost at 2, 5 and 10 times the load, from how cost followed it so far",
    load: async () => (await import("./programme-project.ts")).programmeProjectCommand,
  },
  "programme close": {
    group: "advise",
    summary: "end a programme with a report: claimed against realised, and what was learned",
    load: async () => (await import("./programme-close.ts")).programmeCloseCommand,
  },
  plan: {
    group: "change",
    summary: "freeze accepted recommendations into a plan, by what the live systems say now",
    load: async () => (await import("./plan.ts")).planCommand,
  },
  "plan show": {
    group: "change",
    summary: "show a plan: what is done, what is watched, the way back, who approves",
    load: async () => (await import("./plan-show.ts")).planShowCommand,
  },
  "plan list": {
    group: "change",
    summary: "list the plans",
    load: async () => (await import("./plan-list.ts")).planListCommand,
  },
  "plan withdraw": {
    group: "change",
    summary: "take back a plan that was not applied",
    load: async () => (await import("./plan-withdraw.ts")).planWithdrawCommand,
  },
  approve: {
    group: "change",
    summary: "approve a plan as it was read, or take that back",
    load: async () => (await import("./approve.ts")).approveCommand,
  },
  apply: {
    group: "change",
    summary: "try a plan without changing anything; with --execute carry it out, watched",
    load: async () => (await import("./apply.ts")).applyCommand,
  },
  "apply stop": {
    group: "change",
    summary: "the kill switch: no run changes anything from now on",
    load: async () => (await import("./apply-stop.ts")).applyStopCommand,
  },
  "apply allow": {
    group: "change",
    summary: "let plans be applied again",
    load: async () => (await import("./apply-allow.ts")).applyAllowCommand,
  },
  loadtest: {
    group: "change",
    summary: "replay recorded traffic against a target, before and after a change, and compare",
    load: async () => (await import("./loadtest.ts")).loadtestCommand,
  },
};
