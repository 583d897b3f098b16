import { formatDecimal } from "@trimtab/domain";
import { scoreLake } from "../../insight/conformance/score-bills.ts";
import type { SourceDefinition } from "../../lake/source-definition.ts";
import type { WorkServices } from "../../loop/work.ts";
import type { RunPart } from "../../reports/run/report-run-schema.ts";
import type { DatasetAnswer } from "../../reports/run/run-report.ts";
import { listApiTokens } from "../../state/api-tokens.ts";
import { listPeople } from "../../state/people.ts";
import { listRecommendations } from "../../state/recommendations.ts";
import type { State } from "../../state/state.ts";
import type { Caller } from "../access/caller.ts";
import type { Asking } from "../queries/query-context.ts";
import type { Questions } from "../queries/questions.ts";
import type { ShownRecommendations } from "../work/shown-recommendations.ts";
import {
  type Cells,
  figureColumn as figure,
  tablePart,
  textColumn as text,
  withheld,
} from "./dataset-parts.ts";

export interface DatasetParts {
  readonly state: State;
  readonly shown: ShownRecommendations;
  readonly questions: Questions;
  readonly sources: Readonly<Record<string, SourceDefinition>>;
  /** What programmes are worked out with. */
  readonly services: WorkServices;
}

const table = (
  id: string,
  title: string,
  columns: Parameters<typeof tablePart>[0]["columns"],
  rows: readonly Cells[],
  limit: number,
): RunPart => tablePart({ id, title, columns, rows, limit });

/** Open and accepted advice on what the caller may see, the largest saving first. Amounts are of a month. */
export const recommendationSet = async (
  { state, shown }: DatasetParts,
  {
    caller,
    signal,
    limit,
  }: { readonly caller: Caller; readonly signal: AbortSignal; readonly limit: number },
): Promise<DatasetAnswer> => {
  const all = await listRecommendations(state, {});
  const live = all.filter(({ status }) => status === "open" || status === "accepted");
  const found = await shown.among(caller, live, signal);
  if (found.length === 0) return withheld("There are no recommendations; `trimtab advise` looks for some.");
  const size = ({ stored }: (typeof found)[number]) =>
    Number(stored.saving === undefined ? 0 : formatDecimal(stored.saving.mid));
  const rows = found
    .toSorted((a, b) => size(b) - size(a) || (a.stored.id < b.stored.id ? -1 : 1))
    .map(({ stored: { title, resource, status, saving } }) => [
      title,
      resource,
      status,
      saving?.currency ?? null,
      saving === undefined ? null : formatDecimal(saving.low),
      saving === undefined ? null : formatDecimal(saving.mid),
      saving === undefined ? null : formatDecimal(saving.high),
    ]);
  const columns = [
    text("Recommendation"),
    text("Resource"),
    text("Status"),
    text("Currency"),
    figure("Saves at least", "money"),
    figure("Likely", "money"),
    figure("At most", "money"),
  ];
  return {
    status: "shown",
    parts: [table("recommendations", "Saving a month, by size", columns, rows, limit)],
  };
};

/** Speaks of whole exports: only for those who see all charges. */
export const conformanceSet = async (
  { questions, sources }: DatasetParts,
  asking: Asking,
): Promise<DatasetAnswer> => {
  const { scores } = await questions.work("report-conformance", null, asking, async ({ lake, signal }) => ({
    scores: await scoreLake(lake, { sources, signal }),
  }));
  if (scores.length === 0) return withheld("There are no bills yet.");
  const rows = scores.map(({ source, rows: charges, result: { version, must, should, notAssessable } }) => [
    source,
    version,
    String(charges),
    String(must.passed),
    String(must.assessable - must.passed),
    String(should.passed),
    String(should.assessable - should.passed),
    String(notAssessable.length),
  ]);
  const broken = scores.flatMap(({ source, result }) =>
    result.failing.map(({ id, about, keyword, text: rule }) => [source, id, about, keyword, rule]),
  );
  const columns = [
    text("Source"),
    text("FOCUS"),
    figure("Charges", "count"),
    figure("MUST kept", "count"),
    figure("MUST broken", "count"),
    figure("SHOULD kept", "count"),
    figure("SHOULD broken", "count"),
    figure("Not assessable", "count"),
  ];
  const heads = ["Source", "Rule", "About", "Word", "What it says"].map(text);
  return {
    status: "shown",
    parts: [
      table("focus", "FOCUS rules by source", columns, rows, 100),
      ...(broken.length === 0 ? [] : [table("broken", "Rules that are broken", heads, broken, 200)]),
    ],
  };
};

/** Who may do what: only for those who administer access. */
export const accessReview = async ({ state }: DatasetParts, caller: Caller): Promise<DatasetAnswer> => {
  if (!caller.permissions.has("administer")) return withheld("People and tokens are shown to admins only.");
  const [people, tokens] = await Promise.all([listPeople(state), listApiTokens(state)]);
  const persons = people.map(({ name, email, role, status, teams, lastSignInAt }) => [
    name,
    email,
    role,
    status,
    teams.map((team) => team.name).join(", ") || null,
    lastSignInAt?.slice(0, 10) ?? "never",
  ]);
  const live = tokens
    .filter(({ revokedAt }) => revokedAt === null)
    .map(({ name, owner, permissions, createdAt, expiresAt, lastUsedAt }) => [
      name,
      owner.name,
      permissions.join(", "),
      createdAt.slice(0, 10),
      expiresAt.slice(0, 10),
      lastUsedAt?.slice(0, 10) ?? "never",
    ]);
  const heads = (names: readonly string[]) => names.map(text);
  return {
    status: "shown",
    parts: [
      table(
        "people",
        "People",
        heads(["Name", "Email", "Role", "Status", "Teams", "Last sign-in"]),
        persons,
        1000,
      ),
      table(
        "tokens",
        "API tokens",
        heads(["Token", "Owner", "May", "Made", "Expires", "Last used"]),
        live,
        1000,
      ),
    ],
  };
};
