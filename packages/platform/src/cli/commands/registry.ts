import type { Commands } from "../command.ts";

/** Every command, in the order of the help page. A name with a space is a sub-command. */
export const COMMANDS: Commands = {
  demo: {
    group: "observe",
    summary: "make the bills of four companies, load them and show what they say",
    load: async () => (await import("./demo.ts")).demoCommand,
  },
  ingest: {
    group: "observe",
    summary: "load bills into the lake: files, folders or globs of any cloud",
    load: async () => (await import("./ingest.ts")).ingestCommand,
  },
  sources: {
    group: "observe",
    summary: "list the billing formats that can be read",
    load: async () => (await import("./sources.ts")).sourcesCommand,
  },
  "sources infer": {
    group: "observe",
    summary: "draft a mapping file for a table of charges that no source knows",
    load: async () => (await import("./sources-infer.ts")).sourcesInferCommand,
  },
  metrics: {
    group: "observe",
    summary: "list the business metrics that costs can be divided by",
    load: async () => (await import("./metrics.ts")).metricsCommand,
  },
  "metrics load": {
    group: "observe",
    summary: "load business metrics from CSV",
    load: async () => (await import("./metrics-load.ts")).metricsLoadCommand,
  },
  "metrics pull": {
    group: "observe",
    summary: "load business metrics from Prometheus",
    load: async () => (await import("./metrics-pull.ts")).metricsPullCommand,
  },
  "metrics ingest": {
    group: "observe",
    summary: "load what was measured of resources: CPU, memory, requests, latencies, from files or live",
    load: async () => (await import("./metrics-ingest.ts")).metricsIngestCommand,
  },
  "metrics resources": {
    group: "observe",
    summary: "list what was measured of resources, by metric or by resource",
    load: async () => (await import("./metrics-resources.ts")).metricsResourcesCommand,
  },
  analyze: {
    group: "ask",
    summary: "what the bill says at a glance: trend, services, movers, commitments, savings, tags",
    load: async () => (await import("./analyze.ts")).analyzeCommand,
  },
  explain: {
    group: "ask",
    summary: "why the bill changed between two periods, split exactly",
    load: async () => (await import("./explain.ts")).explainCommand,
  },
  query: {
    group: "ask",
    summary: "ask the lake: measures by dimensions, over time, filtered, compared",
    load: async () => (await import("./query.ts")).queryCommand,
  },
  kubernetes: {
    group: "ask",
    summary: "share out what the bill says of a cluster's nodes, disks and load balancers",
    load: async () => (await import("./kubernetes.ts")).kubernetesCommand,
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
  reconcile: {
    group: "prove",
    summary: "prove the lake against the files and against the invoice, to the last digit",
    load: async () => (await import("./reconcile.ts")).reconcileCommand,
  },
  verify: {
    group: "prove",
    summary: "prove what a change saved, and that nothing got slower",
    load: async () => (await import("./verify.ts")).verifyCommand,
  },
  conformance: {
    group: "prove",
    summary: "score bills against the FOCUS version they declare, as delivered and as mapped",
    load: async () => (await import("./conformance.ts")).conformanceCommand,
  },
  "audit-claims": {
    group: "prove",
    summary: "check a sheet of claimed costs, savings, dates and targets against itself and the lake",
    load: async () => (await import("./audit-claims.ts")).auditClaimsCommand,
  },
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
  "programme status": {
    group: "advise",
    summary: "where a programme stands: costs, targets as measured, risks, blockers, budget, return",
    load: async () => (await import("./programme-status.ts")).programmeStatusCommand,
  },
  "programme close": {
    group: "advise",
    summary: "end a programme with a report: claimed against realised, and what was learned",
    load: async () => (await import("./programme-close.ts")).programmeCloseCommand,
  },
  loadtest: {
    group: "change",
    summary: "replay recorded traffic against a target, before and after a change, and compare",
    load: async () => (await import("./loadtest.ts")).loadtestCommand,
  },
  "programme project": {
    group: "advise",
    summary: "what services would cost at 2, 5 and 10 times the load, from how cost followed it so far",
    load: async () => (await import("./programme-project.ts")).programmeProjectCommand,
  },
  "lake history": {
    group: "lake",
    summary: "list what each version of the lake loaded and replaced",
    load: async () => (await import("./lake-history.ts")).lakeHistoryCommand,
  },
  "lake diff": {
    group: "lake",
    summary: "say what a restatement changed, by day and service, and why",
    load: async () => (await import("./lake-diff.ts")).lakeDiffCommand,
  },
  "lake quarantine": {
    group: "lake",
    summary: "list the rows of the bills that could not be read, and why",
    load: async () => (await import("./lake-quarantine.ts")).lakeQuarantineCommand,
  },
  "lake ddl": {
    group: "lake",
    summary: "print how another engine reads exactly this version's files",
    load: async () => (await import("./lake-ddl.ts")).lakeDdlCommand,
  },
  "lake publish": {
    group: "lake",
    summary: "bring a cluster to a version of the lake, all of it at one moment",
    load: async () => (await import("./lake-publish.ts")).lakePublishCommand,
  },
  "lake compact": {
    group: "lake",
    summary: "write slow loads again in better files, with the same charges to the last digit",
    load: async () => (await import("./lake-compact.ts")).lakeCompactCommand,
  },
  "lake expire": {
    group: "lake",
    summary: "let go of old versions and of files that no version needs",
    load: async () => (await import("./lake-expire.ts")).lakeExpireCommand,
  },
  "lake verify": {
    group: "lake",
    summary: "read every row of the lake and compare counts and sums with its manifest",
    load: async () => (await import("./lake-verify.ts")).lakeVerifyCommand,
  },
  "state status": {
    group: "state",
    summary: "say where the state database is, what it holds and whether it is whole",
    load: async () => (await import("./state-status.ts")).stateStatusCommand,
  },
  "state migrate": {
    group: "state",
    summary: "set the state database up, or bring an older one to this version",
    load: async () => (await import("./state-migrate.ts")).stateMigrateCommand,
  },
  "state backup": {
    group: "state",
    summary: "write all that people decided into one file",
    load: async () => (await import("./state-backup.ts")).stateBackupCommand,
  },
  "state restore": {
    group: "state",
    summary: "put a backup in the place of the state database, all of it or nothing",
    load: async () => (await import("./state-restore.ts")).stateRestoreCommand,
  },
  "state rotate-key": {
    group: "state",
    summary: "encrypt the secrets with a new key",
    load: async () => (await import("./state-rotate-key.ts")).stateRotateKeyCommand,
  },
  doctor: {
    group: "help",
    summary:
      "check the machine, the clouds' tools, the cluster, the lake and the state database, and say how to mend them",
    load: async () => (await import("./doctor.ts")).doctorCommand,
  },
  completion: {
    group: "help",
    summary: "print a script that lets your shell complete commands and options",
    load: async () => (await import("./completion.ts")).completionCommand,
  },
  version: {
    group: "help",
    summary: "print the version and where things are",
    load: async () => (await import("./version.ts")).versionCommand,
  },
};
