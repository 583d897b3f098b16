import type { CostProjection, LineProjection } from "../../ledger/programme/projection/project-lines.ts";
import type { Document } from "../output/document.ts";
import { formatNumber } from "../output/format-number.ts";

const figure = (value: number): string => formatNumber(value.toFixed(0));

/** The page of `trimtab programme project`. */
export function projectionDocument(answer: CostProjection, factors: readonly number[]): Document {
  const { metric, unit, currency, first, last, lines } = answer;
  const told = lines.filter(({ driver }) => driver.status === "known");
  const untold = lines.filter(({ driver }) => driver.status === "unknown");
  return {
    title: `Cost at multiples of ${metric}`,
    subtitle: `${currency} a month · estimated from ${first} to ${last}, day by day · 90 % intervals`,
    blocks: [
      {
        kind: "table",
        id: "projections",
        columns: [
          { name: "Line", kind: "text" },
          ...factors.map((factor) => ({ name: `×${factor}`, kind: "text" }) as const),
          { name: "Fixed", kind: "text", optional: true },
          { name: `Per 1,000 ${unit}`, kind: "text", optional: true },
        ],
        rows: told.map((line) => rowOf(line, factors)),
        note: "Likely, and from low to high. Beyond the loads that history has seen this assumes that costs go on as they did; limits, discounts and new tiers are not in it.",
      },
      ...(untold.length === 0
        ? []
        : [
            { kind: "heading", text: "History can't tell" } as const,
            {
              kind: "list",
              items: untold.map(({ line, last28, driver }) => {
                const reason = driver.status === "unknown" ? driver.reason : "";
                const size =
                  last28 === null ? "" : ` (${formatNumber(last28, { scale: 2 })} in the last 28 days)`;
                return `${line}${size}: ${reason}`;
              }),
            } as const,
          ]),
    ],
  };
}

function rowOf({ line, driver }: LineProjection, factors: readonly number[]): readonly (string | null)[] {
  if (driver.status === "unknown") return [line];
  const { projections, fixed, perUnit } = driver.value;
  const cells = factors.map((factor) => {
    const cost = projections.find((one) => one.factor === factor)?.cost;
    if (cost?.status !== "known") return null;
    return `${figure(cost.value.mid)} (${figure(cost.value.low)} to ${figure(cost.value.high)})`;
  });
  return [line, ...cells, figure(fixed), (perUnit.mid * 1000).toPrecision(3)];
}
