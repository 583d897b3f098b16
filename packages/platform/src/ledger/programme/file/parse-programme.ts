import { findDependencyCycle } from "@trimtab/domain";
import { stringify } from "yaml";
import type { ZodError } from "zod";
import { type Path, readYamlDraft } from "../../../query/text/yaml-draft.ts";
import { parseCriterion } from "../criteria/parse-criterion.ts";
import { programmeErrors } from "../programme-errors.ts";
import { type ProgrammeFile, programmeSchema } from "./programme-schema.ts";

interface Problem {
  readonly path: Path;
  readonly problem: string;
}

/**
 * Reads a programme's file; `file` names it in errors.
 * @throws PROGRAMME_SYNTAX, PROGRAMME_INVALID, each with file, line and column
 */
export function parseProgramme(text: string, file: string): ProgrammeFile {
  const draft = readYamlDraft(text);
  if (draft.status === "unreadable")
    throw programmeErrors.create("PROGRAMME_SYNTAX", { file, ...draft.position, problem: draft.problem });
  const result = checkProgramme(draft.content);
  if (result.status === "valid") return result.programme;
  const { path, problem } = result;
  throw programmeErrors.create("PROGRAMME_INVALID", { file, ...draft.locate(path), problem });
}

export type CheckedProgramme =
  | { readonly status: "valid"; readonly programme: ProgrammeFile }
  | ({ readonly status: "invalid" } & Problem);

/** Checks what a file or the state database says of a programme, also that its tasks name each other rightly. */
export function checkProgramme(content: unknown): CheckedProgramme {
  const result = programmeSchema.safeParse(content);
  if (!result.success) return { status: "invalid", ...firstIssue(result.error) };
  const problem = referenceProblem(result.data);
  if (problem !== undefined) return { status: "invalid", ...problem };
  const programme: ProgrammeFile = JSON.parse(JSON.stringify(result.data));
  return { status: "valid", programme };
}

/** The file again, in the order of its keys; what is not said is left out. */
export function formatProgramme(programme: ProgrammeFile): string {
  return stringify(programme, { lineWidth: 110 });
}

/** Without some of its tasks, and without what names them. */
export function withoutTasks(programme: ProgrammeFile, isLeft: (id: string) => boolean): ProgrammeFile {
  const left = (ids: readonly string[] | undefined) => ids?.filter(isLeft);
  const own = <T extends { readonly tasks?: string[] | undefined }>(list: readonly T[] | undefined) =>
    list?.map((record) => ({ ...record, tasks: left(record.tasks) }));
  const bare = {
    ...programme,
    tasks: programme.tasks
      .filter(({ id }) => isLeft(id))
      .map((task) => ({ ...task, after: left(task.after), "instead-of": left(task["instead-of"]) })),
    claims: programme.claims?.map((claim) => ({ ...claim, by: left(claim.by) })),
    blockers: own(programme.blockers),
    milestones: own(programme.milestones),
  };
  return JSON.parse(JSON.stringify(bare));
}

function firstIssue(error: ZodError): Problem {
  const issue = deepest(error.issues, []);
  const at = issue.path.length > 0 ? `${issue.path.join(".")}: ` : "";
  return { path: issue.path, problem: `${at}${issue.problem}` };
}

type Issue = ZodError["issues"][number];

/** The issue that got furthest into a union: the one closest to what was meant. */
function deepest(issues: readonly Issue[], base: Path): Problem {
  const found = issues.map((issue): Problem => {
    const path = [...base, ...issue.path.filter((part) => typeof part !== "symbol")];
    if (issue.code === "unrecognized_keys") {
      const [unknown = ""] = issue.keys;
      return { path: [...path, unknown], problem: `no key is called "${unknown}"` };
    }
    if (issue.code !== "invalid_union" || issue.errors.length === 0) return { path, problem: issue.message };
    return issue.errors.map((branch) => deepest(branch, path)).reduce(deeper);
  });
  return found.reduce(deeper, { path: [], problem: "not a programme" });
}

const deeper = (a: Problem, b: Problem): Problem => (b.path.length > a.path.length ? b : a);

function referenceProblem(programme: ProgrammeFile): Problem | undefined {
  const { tasks } = programme;
  const ids = new Set<string>();
  for (const [index, { id, starts, due }] of tasks.entries()) {
    const path = ["tasks", index];
    if (ids.has(id)) return { path: [...path, "id"], problem: `a second task has the id ${id}` };
    ids.add(id);
    if (starts !== undefined && due !== undefined && due < starts)
      return { path: [...path, "due"], problem: `${id} is due before it starts` };
  }
  return (
    unknownTask(programme, ids) ??
    unknownLine(programme) ??
    unreadableCriterion(programme) ??
    circle(programme) ??
    (programme.ends !== undefined && programme.ends < programme.starts
      ? { path: ["ends"], problem: "it ends before it starts" }
      : undefined)
  );
}

function unknownTask({ tasks, ...programme }: ProgrammeFile, ids: ReadonlySet<string>): Problem | undefined {
  const named: { readonly path: Path; readonly ids: readonly string[] | undefined }[] = [
    ...tasks.flatMap((task, index) =>
      (["after", "instead-of"] as const).map((key) => ({ path: ["tasks", index, key], ids: task[key] })),
    ),
    ...(programme.claims ?? []).map(({ by }, index) => ({ path: ["claims", index, "by"], ids: by })),
    ...(programme.blockers ?? []).map((own, index) => ({
      path: ["blockers", index, "tasks"],
      ids: own.tasks,
    })),
    ...(programme.milestones ?? []).map((own, index) => ({
      path: ["milestones", index, "tasks"],
      ids: own.tasks,
    })),
  ];
  for (const { path, ids: list = [] } of named) {
    const stranger = list.find((id) => !ids.has(id));
    if (stranger !== undefined) return { path, problem: `no task has the id ${stranger}` };
  }
  return undefined;
}

/** Lines are known from the file where it names or states them; else the bill decides. */
function unknownLine({ baseline, tasks, targets = {} }: ProgrammeFile): Problem | undefined {
  const { lines, stated, otherwise = "Others" } = baseline ?? {};
  const names = stated
    ? Object.keys(stated)
    : lines
      ? [...lines.map(({ name }) => name), otherwise]
      : undefined;
  if (names === undefined) return undefined;
  const problemOf = (line: string) => `${line} is no line of the baseline: ${names.join(", ")}`;
  for (const [index, { effects = [] }] of tasks.entries())
    for (const [at, { on }] of effects.entries()) {
      const stranger = on.find((line) => !names.includes(line));
      if (stranger !== undefined)
        return { path: ["tasks", index, "effects", at], problem: problemOf(stranger) };
    }
  const stranger = Object.keys(targets).find((line) => !names.includes(line));
  return stranger === undefined ? undefined : { path: ["targets", stranger], problem: problemOf(stranger) };
}

function unreadableCriterion({ tasks, currency }: ProgrammeFile): Problem | undefined {
  for (const [index, { criteria = [] }] of tasks.entries())
    for (const [at, text] of criteria.entries()) {
      const parsed = parseCriterion(text, currency);
      if (parsed.status === "unreadable")
        return { path: ["tasks", index, "criteria", at], problem: `${text}: ${parsed.problem}` };
    }
  return undefined;
}

function circle({ tasks }: ProgrammeFile): Problem | undefined {
  const edges = tasks.flatMap(({ id, after = [] }) => after.map((dependsOn) => ({ task: id, dependsOn })));
  const found = findDependencyCycle(edges);
  if (found === undefined) return undefined;
  const index = tasks.findIndex(({ id }) => id === found[0]);
  return { path: ["tasks", index, "after"], problem: `tasks wait for each other: ${found.join(" → ")}` };
}
