import type { Decimal } from "@trimtab/domain";
import { keyText, type Ranking, ranked, roiOf } from "../../advisors/rank.ts";
import type { ReadStored } from "../../loop/stored-recommendations.ts";
import type { Document } from "../output/document.ts";
import { whereText } from "./where.ts";

interface View {
  readonly by: Ranking;
  readonly top: number;
  readonly hourlyCost: Decimal;
  readonly status: string;
}

/** What was recommended, as it stands. */
export function storedDocument(list: readonly ReadStored[], { by, top, hourlyCost, status }: View): Document {
  const what = status === "all" ? "recommendations" : `${status} recommendations`;
  if (list.length === 0)
    return {
      title: `No ${what}`,
      blocks: [{ kind: "text", text: "`trimtab advise` looks for what could be changed.", tone: "muted" }],
    };
  const byKey = new Map(
    list.flatMap((each) =>
      each.recommendation === undefined ? [] : [[keyText(each.recommendation), each] as const],
    ),
  );
  const order = ranked(
    list.flatMap(({ recommendation }) => recommendation ?? []),
    by,
    hourlyCost,
  ).flatMap((recommendation) => byKey.get(keyText(recommendation)) ?? []);
  const unreadable = list.filter(({ recommendation }) => recommendation === undefined);
  const shown = [...order, ...unreadable].slice(0, top);
  return {
    title: `${list.length} ${list.length === 1 ? what.replace(/s$/, "") : what}`,
    blocks: [
      {
        kind: "table",
        id: "recommendations",
        columns: [
          { name: "Id", kind: "text", whole: true },
          { name: "What", kind: "text", wrap: true },
          { name: "Where", kind: "text", wrap: true, optional: true, foldsInto: "What" },
          { name: "Saves a month", kind: "amount" },
          { name: "Currency", kind: "text", optional: true },
          { name: "Status", kind: "status" },
          { name: "Risk", kind: "text", optional: true },
          { name: "ROI a year", kind: "number", scale: 1, optional: true },
          { name: "By", kind: "text", optional: true },
        ],
        rows: shown.map(({ stored, recommendation }) => [
          stored.id,
          stored.title,
          recommendation === undefined ? null : whereText(recommendation.resource),
          stored.saving === undefined ? null : String(stored.saving.mid),
          stored.saving?.currency ?? null,
          stored.withdrawnAt === undefined ? stored.status : `${stored.status}, no longer found`,
          recommendation?.risk.level ?? null,
          recommendation === undefined ? null : String(roiOf(recommendation, hourlyCost)),
          stored.decidedBy ?? "",
        ]),
        ...(list.length > top ? { note: `${list.length - top} more: --top ${list.length}` } : {}),
      },
      { kind: "text", text: "One of them in full: trimtab recommendations show ID", tone: "muted" },
    ],
  };
}
