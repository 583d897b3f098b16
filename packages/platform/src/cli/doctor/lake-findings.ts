import type { Clock } from "@trimtab/domain";
import { inspectLake, type LakeHealth } from "../../lake/health.ts";
import type { LakeStorage } from "../../lake/storage/storage.ts";
import { bytesText, type DoctorSurroundings, type Finding } from "./finding.ts";
import { storeFindings } from "./object-store.ts";

/** The lake's health as its folders tell; `trimtab lake verify` also reads the rows. */
export async function checkLakeHealth({
  openStorage,
  clock,
}: DoctorSurroundings): Promise<readonly Finding[]> {
  const storage = await openStorage();
  try {
    const examination = await storage.examine?.();
    if (examination === undefined) return await healthFindings(storage, clock);
    const findings = storeFindings(storage.root, examination);
    const mayList = examination.steps.some(({ name, error }) => name === "list" && error === undefined);
    return mayList ? [...findings, ...(await healthFindings(storage, clock))] : findings;
  } finally {
    storage.close();
  }
}

async function healthFindings(storage: LakeStorage, clock: Clock): Promise<readonly Finding[]> {
  const health = await inspectLake(storage, clock);
  if (health.versions.length === 0) {
    const detail = "nothing loaded yet; `trimtab ingest FILES` or `trimtab demo` starts it";
    return [{ area: "lake", name: "Lake", status: "absent", detail }, ...orphanFindings(health)];
  }
  return [
    overview(health),
    manifestFinding(health),
    fileFinding(health),
    ...orphanFindings(health),
    ...contentFindings(health),
  ];
}

function overview({ version, versions, current, files, bytes }: LakeHealth): Finding {
  const finding = { area: "lake", name: "Lake" } as const;
  const loads = current?.loads ?? [];
  const rows = loads.reduce((sum, load) => sum + load.rows, 0);
  const detail = `version ${version} (${versions.length} kept), ${count(loads.length, "load")}, ${rows.toLocaleString("en-US")} charges in ${count(files, "file")}, ${bytesText(bytes)}`;
  return { ...finding, status: "ok", detail };
}

function manifestFinding({ broken, versions, version }: LakeHealth): Finding {
  const finding = { area: "lake", name: "Manifests" } as const;
  const [first] = broken;
  if (first === undefined) {
    return { ...finding, status: "ok", detail: `all ${versions.length} can be read` };
  }
  const isCurrent = broken.some((one) => one.version === version);
  return {
    ...finding,
    status: isCurrent ? "broken" : "warn",
    detail: `${broken.length} of ${versions.length} can't be read; version ${first.version}: ${first.reason}`,
    mend: isCurrent
      ? "Restore the newest file of the folder `manifests` from a backup; without it, move that file away to go back one version."
      : "Only that old version is lost; `trimtab lake expire` lets go of old versions.",
  };
}

function fileFinding({ damaged, version, files }: LakeHealth): Finding {
  const finding = { area: "lake", name: "Files" } as const;
  const [first] = damaged.toSorted((a, b) => b.version - a.version);
  if (first === undefined) {
    return { ...finding, status: "ok", detail: `all ${files} live files are there in full` };
  }
  const isLive = first.version === version;
  return {
    ...finding,
    status: isLive ? "broken" : "warn",
    detail: `${count(damaged.length, "file")} damaged; ${first.path} (load ${first.load}): ${first.problem}`,
    mend: isLive
      ? "Ingest that month's bill again: the load is replaced and nothing is counted twice."
      : "Only old versions need it; `trimtab lake expire` lets go of them.",
  };
}

function orphanFindings({ orphans }: LakeHealth): Finding[] {
  if (orphans.length === 0) return [];
  const bytes = orphans.reduce((sum, orphan) => sum + orphan.bytes, 0);
  return [
    {
      area: "lake",
      name: "Left-overs",
      status: "warn",
      detail: `${count(orphans.length, "folder")} of interrupted loads, ${bytesText(bytes)}; no answer reads them. First: ${orphans[0]?.path}`,
      mend: "`trimtab lake expire` removes loads that nothing names; the next ingest sweeps temporary files.",
    },
  ];
}

/** What is in the lake but in no total, or not known at all. */
function contentFindings({ current }: LakeHealth): Finding[] {
  const loads = current?.loads ?? [];
  const quarantined = loads.filter((load) => load.quarantined.rows > 0);
  const rows = quarantined.reduce((sum, load) => sum + load.quarantined.rows, 0);
  const uncounted = loads.flatMap((load) =>
    load.counted === true ? [] : [{ id: load.id, ...load.counted }],
  );
  const findings: Finding[] = [];
  if (rows > 0) {
    findings.push({
      area: "lake",
      name: "Quarantine",
      status: "warn",
      detail: `${count(rows, "row")} of ${count(quarantined.length, "load")} could not be read and are in no total`,
      mend: "See why with `trimtab lake history`, mend the file, ingest it again.",
    });
  }
  const [first] = uncounted;
  if (first !== undefined) {
    findings.push({
      area: "lake",
      name: "Same charges twice",
      status: "ok",
      detail: `${count(uncounted.length, "load")} not counted; ${first.id}: ${first.because}`,
    });
  }
  return findings;
}

const count = (number: number, word: string): string =>
  `${number.toLocaleString("en-US")} ${word}${number === 1 ? "" : "s"}`;
