import { randomBytes } from "node:crypto";
import { TrimtabError } from "@trimtab/domain";
import type { TrinoClient } from "../../query/engines/trino/trino-client.ts";
import type { DoctorSurroundings, Finding } from "./finding.ts";

const PATIENCE_MS = 30_000;
/** The coordinator's HTTP date has whole seconds, and the answer takes a while. */
const CLOCK_TOLERANCE_MS = 5000;

const finding = (name: string, status: Finding["status"], detail: string, mend?: string): Finding => ({
  area: "cluster",
  name,
  status,
  detail,
  ...(mend === undefined ? {} : { mend }),
});

/** Whether the cluster can answer for this lake, and be published to. Without one named, nothing is tried. */
export async function checkCluster(surroundings: DoctorSurroundings): Promise<readonly Finding[]> {
  const { namesCluster, readTrinoSettings } = await import("../../query/engines/trino/trino-settings.ts");
  if (!namesCluster(surroundings.env))
    return [finding("Trino", "absent", "none is named; large lakes can have one (TRIMTAB_TRINO_URL)")];
  const { openTrinoClient } = await import("../../query/engines/trino/trino-client.ts");
  try {
    const client = openTrinoClient(readTrinoSettings(surroundings.env));
    const server = await checkServer(client, surroundings);
    if (server.some(({ status }) => status === "broken")) return server;
    const findings = [...server];
    for (const check of [checkWorkers, checkPatterns, checkCatalog, checkRights, checkPublished])
      findings.push(
        ...[await check(client, surroundings).catch((error: unknown) => broken(check, error))].flat(),
      );
    return findings;
  } catch (error) {
    surroundings.signal.throwIfAborted();
    return [broken(checkServer, error)];
  }
}

const subjects = new Map<unknown, string>();

function broken(check: unknown, error: unknown): Finding {
  const name = subjects.get(check) ?? "Trino";
  if (!(error instanceof TrimtabError)) throw error;
  return finding(name, "broken", error.message, error.hint);
}

const patient = (signal: AbortSignal): { readonly signal: AbortSignal } => ({
  signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
});

async function checkServer(
  client: TrinoClient,
  { signal, clock }: DoctorSurroundings,
): Promise<readonly Finding[]> {
  const { majorVersion, LEAST_VERSION, TESTED_VERSION } = await import(
    "../../query/engines/trino/server-version.ts"
  );
  const { version, starting, date } = await client.info(patient(signal).signal);
  const now = clock().getTime();
  const major = majorVersion(version) ?? 0;
  const where = `${client.settings.url.origin}, version ${version}`;
  if (starting)
    return [finding("Trino", "broken", `${where}: still starting`, "Wait until the coordinator is ready.")];
  if (major < LEAST_VERSION)
    return [finding("Trino", "broken", where, `Upgrade: ${LEAST_VERSION} is the oldest that is supported.`)];
  const isTested = major === TESTED_VERSION;
  const server = finding("Trino", "ok", isTested ? where : `${where}; tested with ${TESTED_VERSION}`);
  if (date === undefined) return [server];
  const apartMs = Math.abs(date.getTime() - now);
  const detail = `${Math.round(apartMs / 1000)} s apart`;
  return [
    server,
    apartMs <= CLOCK_TOLERANCE_MS
      ? finding("Trino: clock", "ok", detail)
      : finding("Trino: clock", "warn", detail, "Let NTP set the clocks of this machine and of the cluster."),
  ];
}

async function checkWorkers(client: TrinoClient, { signal }: DoctorSurroundings): Promise<Finding> {
  const { rows } = await client.run(
    "SELECT count(*) FILTER (WHERE NOT coordinator), count(*) FILTER (WHERE state <> 'active') FROM system.runtime.nodes",
    patient(signal),
  );
  const [workers, away] = (rows[0] ?? []).map(Number);
  const detail = `${workers} besides the coordinator${away ? `, ${away} nodes not active` : ""}`;
  return away || !workers
    ? finding(
        "Trino: workers",
        "warn",
        detail,
        "Start workers, or see why nodes are not active: system.runtime.nodes.",
      )
    : finding("Trino: workers", "ok", detail);
}
subjects.set(checkWorkers, "Trino: workers");

/** Filters with `matches` are RE2; only Java's syntax knows this look-ahead. */
async function checkPatterns(client: TrinoClient, { signal }: DoctorSurroundings): Promise<Finding> {
  const name = "Trino: patterns";
  const isRe2 = await client.run("SELECT regexp_like('a', '(?=a)')", patient(signal)).then(
    () => false,
    (error: unknown) => {
      if (error instanceof TrimtabError && error.code === "CLUSTER_QUERY_FAILED") return true;
      throw error;
    },
  );
  return isRe2
    ? finding(name, "ok", "regular expressions are RE2, as in the embedded engine")
    : finding(
        name,
        "warn",
        "regular expressions are Java's: rare patterns match otherwise than in the embedded engine",
        "Set regex-library=RE2J in config.properties of every node.",
      );
}
subjects.set(checkPatterns, "Trino: patterns");

async function checkCatalog(client: TrinoClient, { signal }: DoctorSurroundings): Promise<Finding> {
  const { requireCatalog } = await import("../../query/engines/trino/prepare-tables.ts");
  await requireCatalog(client, patient(signal));
  return finding("Trino: catalog", "ok", `${client.settings.catalog}, of the Hive connector`);
}
subjects.set(checkCatalog, "Trino: catalog");

/** Makes a view and drops it again; asks the procedure for a table that is not there, which changes nothing. */
async function checkRights(client: TrinoClient, { signal }: DoctorSurroundings): Promise<readonly Finding[]> {
  const { trinoName, trinoRegisterProbe } = await import("../../lake/trino-ddl.ts");
  const probe = `trimtab_doctor_${randomBytes(4).toString("hex")}`;
  const outcome = (statement: string): Promise<string> =>
    client.run(statement, patient(signal)).then(
      () => "",
      (error: unknown) => {
        if (error instanceof TrimtabError)
          return `${error.code} ${String(error.details.reason ?? error.message)}`;
        throw error;
      },
    );
  const schema = `${client.settings.catalog}.${client.settings.schema}`;
  const view = await outcome(`CREATE VIEW ${trinoName(probe, client.settings)} AS SELECT 1 AS one`);
  if (view === "") await outcome(`DROP VIEW ${trinoName(probe, client.settings)}`);
  const registering = await outcome(trinoRegisterProbe(probe, client.settings));
  const isDisabled = /procedure is disabled|PERMISSION|FORBIDDEN/i.test(registering);
  return [
    view === ""
      ? finding("Trino: views", "ok", `may be made in ${schema}`)
      : /schema \S+ not found|does not exist/i.test(view)
        ? finding("Trino: views", "absent", `${schema} is not there yet; publishing makes it`)
        : finding("Trino: views", "broken", view, `Grant CREATE VIEW in ${schema}.`),
    isDisabled
      ? finding(
          "Trino: partitions",
          "broken",
          "may not be registered",
          "Set hive.allow-register-partition-procedure=true in the catalog's properties, and grant the procedures.",
        )
      : finding("Trino: partitions", "ok", "may be registered"),
  ];
}
subjects.set(checkRights, "Trino: rights");

async function checkPublished(
  client: TrinoClient,
  { openStorage, clock, signal }: DoctorSurroundings,
): Promise<Finding> {
  const { readState } = await import("../../query/engines/trino/published.ts");
  const { openManifestStore } = await import("../../lake/manifest-store.ts");
  const name = "Trino: published";
  const { shown } = await readState(client, patient(signal));
  const storage = await openStorage();
  const newest = (await openManifestStore(storage, clock).versions().finally(storage.close)).at(-1) ?? 0;
  const publish = "Run `trimtab lake publish`.";
  if (shown === undefined)
    return newest === 0
      ? finding(name, "absent", "nothing; the lake is empty")
      : finding(name, "warn", `nothing; the lake has version ${newest}`, publish);
  const detail = `version ${shown.version} of ${newest}`;
  return shown.version === newest ? finding(name, "ok", detail) : finding(name, "warn", detail, publish);
}
subjects.set(checkPublished, "Trino: published");
