import { isUrl } from "../../lake/storage/location.ts";
import { defineCommand } from "../command.ts";
import type { DoctorSurroundings, Finding } from "../doctor/finding.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import type { Block, Document } from "../output/document.ts";

const AREAS: Readonly<Record<Finding["area"], string>> = {
  machine: "This machine",
  clouds: "Clouds (only live access needs them)",
  cluster: "The cluster (only large lakes need one)",
  lake: "The lake",
  state: "What people decided",
};

export const doctorCommand = defineCommand({
  name: "doctor",
  summary:
    "check the machine, the clouds' tools, the cluster, the lake and the state database, and say how to mend them",
  group: "help",
  details: [
    "Looks at Node, memory, disk, the clouds' command lines and credentials (never shown), BigQuery, the cluster if one is named, the lake's files and the state database. Changes nothing, but writes a probe object into a lake's bucket and removes it again, and makes and drops a view on the cluster, to see whether it may. Exits with 1 if something is broken.",
  ],
  examples: [
    { run: "trimtab doctor", does: "look at everything" },
    { run: "trimtab doctor --offline", does: "without asking any cloud" },
    { run: "trimtab doctor --json", does: "the findings for a script" },
  ],
  options: [
    { name: "offline", description: "start no cloud tool and ask no cloud, no cluster and no server" },
  ],
  async run({ services, env, signal, progress }, { options }) {
    const { lakeRoot, openStorage, findState, clock } = services;
    const surroundings = { env, lakeRoot, openStorage, findState, clock, signal };
    const checks = await chooseChecks(options.offline === true, isUrl(lakeRoot));
    let done = 0;
    const findings = await Promise.all(
      checks.map(async (check) => {
        const found = await check(surroundings);
        done += 1;
        progress.step("Looking", done, checks.length);
        return found;
      }),
    );
    const all = findings.flat();
    const isBroken = all.some(({ status }) => status === "broken");
    return {
      document: describe(all),
      json: { healthy: !isBroken, findings: all },
      exitCode: isBroken ? EXIT_CODES.no.code : EXIT_CODES.ok.code,
    };
  },
});

type Check = (surroundings: DoctorSurroundings) => Promise<readonly Finding[]>;

async function chooseChecks(isOffline: boolean, isBucket: boolean): Promise<readonly Check[]> {
  const { checkMachine } = await import("../doctor/machine.ts");
  const { checkLakeHealth } = await import("../doctor/lake-findings.ts");
  const { checkState, checkStateOffline } = await import("../doctor/state.ts");
  const { checkEvidence } = await import("../doctor/evidence.ts");
  if (isOffline)
    return [checkMachine, ...(isBucket ? [skipBucket] : [checkLakeHealth, checkEvidence]), checkStateOffline];
  const { checkClouds } = await import("../doctor/clouds.ts");
  const { checkBigQuery } = await import("../doctor/bigquery.ts");
  const { checkCluster } = await import("../doctor/cluster.ts");
  return [checkMachine, checkClouds, checkBigQuery, checkCluster, checkLakeHealth, checkEvidence, checkState];
}

/** A lake in a bucket can only be looked at there. */
const skipBucket: Check = async ({ lakeRoot }) => [
  { area: "lake", name: "Bucket", status: "skipped", detail: `${lakeRoot} was not asked (--offline)` },
];

function describe(findings: readonly Finding[]): Document {
  const tables = Object.entries(AREAS).flatMap(([area, title]): Block[] => {
    const rows = findings.filter((finding) => finding.area === area);
    if (rows.length === 0) return [];
    return [
      {
        kind: "table",
        id: area,
        title,
        columns: [
          { name: "State", kind: "status" },
          { name: "What", kind: "text" },
          { name: "Found", kind: "text", wrap: true },
        ],
        rows: rows.map(({ status, name, detail }) => [status, name, detail]),
      },
    ];
  });
  return { title: verdict(findings), blocks: [...tables, ...mending(findings)] };
}

function verdict(findings: readonly Finding[]): string {
  const of = (status: Finding["status"]) => findings.filter((finding) => finding.status === status).length;
  const broken = of("broken");
  const warnings = of("warn");
  if (broken > 0) return `${broken} broken, ${warnings} to look at`;
  return warnings > 0 ? `Healthy, with ${warnings} to look at` : "Healthy";
}

function mending(findings: readonly Finding[]): Block[] {
  const items = findings.flatMap(({ name, mend }) => (mend === undefined ? [] : [`${name}: ${mend}`]));
  if (items.length === 0) return [];
  return [
    { kind: "heading", text: "How to mend it" },
    { kind: "list", items },
  ];
}
