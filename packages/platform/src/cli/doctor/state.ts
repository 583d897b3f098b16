import { TrimtabError } from "@trimtab/domain";
import type { StateParts } from "../../compose.ts";
import type { StateExamination } from "../../state/examine-state.ts";
import { bytesText, type DoctorSurroundings, type Finding } from "./finding.ts";

const area = "state";

/** The database of what people decide: reachable, of this version, whole, writable, and its key. */
export async function checkState({ findState }: DoctorSurroundings): Promise<readonly Finding[]> {
  try {
    return await findingsOf(await findState());
  } catch (error) {
    return [failure(error)];
  }
}

/** A server is not asked; a file is looked at. */
export async function checkStateOffline(surroundings: DoctorSurroundings): Promise<readonly Finding[]> {
  try {
    const { engine } = await surroundings.findState();
    if (engine.id === "sqlite") return await checkState(surroundings);
    const detail = `${engine.place} was not asked (--offline)`;
    return [{ area, name: "State database", status: "skipped", detail }];
  } catch (error) {
    return [failure(error)];
  }
}

const failure = (error: unknown): Finding => ({
  area,
  name: "State database",
  status: "broken",
  detail: error instanceof Error ? error.message : String(error),
  mend: error instanceof TrimtabError ? error.hint : "Run again with TRIMTAB_DEBUG=1.",
});

async function findingsOf(parts: StateParts): Promise<readonly Finding[]> {
  const { engine, keys } = parts;
  if (!(await engine.exists())) {
    const detail = `${engine.place} will be made by the first command that keeps something`;
    return [{ area, name: "State database", status: "absent", detail }];
  }
  const { examineState } = await import("../../state/examine-state.ts");
  const found = await examineState(engine, keys);
  if (found.status === "not set up") {
    const detail = `${engine.place} is not of this version: ${found.pending.join(", ")} is missing`;
    const mend = "Run `trimtab state migrate`; commands that keep something also do.";
    return [{ area, name: "State database", status: "warn", detail, mend }];
  }
  return [overview(engine.place, found), wholeness(found), writing(found), key(found)];
}

type Present = Extract<StateExamination, { status: "present" }>;

const overview = (place: string, { version, bytes }: Present): Finding => ({
  area,
  name: "State database",
  status: "ok",
  detail: `${place}, ${version}, ${bytesText(bytes)}`,
});

const wholeness = ({ damage, chain }: Present): Finding => {
  const name = "Whole";
  const mend = "Restore a backup: `trimtab state restore FILE --replace`.";
  const [first] = damage;
  if (first !== undefined) return { area, name, status: "broken", detail: first, mend };
  if (chain.status === "whole")
    return { area, name, status: "ok", detail: `audit log of ${chain.entries} entries holds together` };
  const detail = `audit log, entry ${chain.seq}: ${chain.reason}`;
  return { area, name, status: "broken", detail, mend: `Find out who changed it. ${mend}` };
};

const writing = ({ writeProblem }: Present): Finding =>
  writeProblem === undefined
    ? { area, name: "Writable", status: "ok", detail: "a change was tried and taken back" }
    : { area, name: "Writable", status: "broken", detail: writeProblem.message, mend: writeProblem.hint };

const key = ({ key: found }: Present): Finding => {
  const name = "Key for secrets";
  if (found.status === "problem")
    return { area, name, status: "broken", detail: found.problem.message, mend: found.problem.hint };
  if (found.status === "absent")
    return { area, name, status: "absent", detail: "none yet; no secret is kept" };
  return { area, name, status: "ok", detail: `key ${found.id} in ${found.source}` };
};
