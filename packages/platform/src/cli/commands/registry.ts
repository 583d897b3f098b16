import type { Commands } from "../command.ts";
import { CHANGE_COMMANDS } from "./change-commands.ts";
import { DELIVER_COMMANDS } from "./deliver-commands.ts";
import { KEEP_COMMANDS } from "./keep-commands.ts";

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
  serve: {
    group: "ask",
    summary: "open the web app and the API to a browser, to people and to programs",
    load: async () => (await import("./serve.ts")).serveCommand,
  },
  query: {
    group: "ask",
    summary: "ask the lake: measures by dimensions, over time, filtered, compared",
    load: async () => (await import("./query.ts")).queryCommand,
  },
  export: {
    group: "ask",
    summary: "write the answer of a question into a file: CSV, JSON, Excel or PDF",
    load: async () => (await import("./export.ts")).exportCommand,
  },
  "report templates": {
    group: "ask",
    summary: "list the reports to start from",
    load: async () => (await import("./report-templates.ts")).reportTemplatesCommand,
  },
  "report list": {
    group: "ask",
    summary: "list the reports that people saved",
    load: async () => (await import("./report-list.ts")).reportListCommand,
  },
  "report show": {
    group: "ask",
    summary: "show a saved report's blocks; with --json its whole definition",
    load: async () => (await import("./report-show.ts")).reportShowCommand,
  },
  "report run": {
    group: "ask",
    summary: "run a report template or a definition of your own into a file: PDF, Excel, CSV or JSON",
    load: async () => (await import("./report-run.ts")).reportRunCommand,
  },
  kubernetes: {
    group: "ask",
    summary: "share out what the bill says of a cluster's nodes, disks and load balancers",
    load: async () => (await import("./kubernetes.ts")).kubernetesCommand,
  },
  ...CHANGE_COMMANDS,
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
  ...DELIVER_COMMANDS,
  ...KEEP_COMMANDS,
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
