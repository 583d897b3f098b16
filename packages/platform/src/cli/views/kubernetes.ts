import { compare, formatDecimal, sumDecimals } from "@trimtab/domain";
import type {
  AllocatedCharge,
  KubernetesAnswer,
  KubernetesCosts,
} from "../../insight/kubernetes/allocated-charge.ts";
import type { Block, Cell, Document } from "../output/document.ts";

interface Line {
  readonly charges: readonly AllocatedCharge[];
  readonly cost: ReturnType<typeof sumDecimals>;
}

const sumOf = (charges: readonly AllocatedCharge[]) =>
  sumDecimals(charges.map(({ EffectiveCost }) => EffectiveCost));

const linesOf = (charges: readonly AllocatedCharge[]): readonly Line[] =>
  [
    ...Map.groupBy(charges, ({ kind, values, BillingCurrency }) =>
      JSON.stringify([kind, values, BillingCurrency]),
    ).values(),
  ]
    .map((own) => ({ charges: own, cost: sumOf(own) }))
    .sort((a, b) => compare(b.cost, a.cost));

const costsTable = ({ charges, dimensions }: KubernetesCosts, currency: string): Block => {
  const own = charges.filter(({ BillingCurrency }) => BillingCurrency === currency);
  const rows = linesOf(own).map(({ charges: [first], cost }): readonly Cell[] => [
    ...(first?.values ?? []),
    first?.kind ?? "",
    formatDecimal(cost),
  ]);
  return {
    kind: "table",
    id: `costs-${currency}`,
    columns: [
      ...dimensions.map((name) => ({ name, kind: "text" as const, wrap: true })),
      { name: "Kind", kind: "text" },
      { name: currency, kind: "amount" },
    ],
    rows,
    total: ["Total", ...dimensions.map(() => null), formatDecimal(sumOf(own))],
    note: "The total is what the bill says that these resources cost (EffectiveCost), to the last digit.",
  };
};

const resourcesTable = ({ resources }: KubernetesCosts): Block => ({
  kind: "table",
  id: "resources",
  title: "Shared out, from the bill",
  columns: [
    { name: "Kind", kind: "text" },
    { name: "Resource", kind: "text", wrap: true },
    { name: "Cost", kind: "amount" },
    { name: "", kind: "text" },
  ],
  rows: resources.map(({ assetKind, resourceId, cost, currency }) => [
    assetKind,
    resourceId,
    formatDecimal(cost),
    currency,
  ]),
});

const estimatesTable = ({ estimates }: KubernetesCosts): Block => ({
  kind: "table",
  id: "estimates",
  title: "Estimates of OpenCost that meet no bill, in no total",
  columns: [
    { name: "Kind", kind: "text" },
    { name: "Resource", kind: "text", wrap: true },
    { name: "Estimate", kind: "amount" },
    { name: "Why", kind: "text", wrap: true },
  ],
  rows: estimates.map(({ assetKind, assetId, weight, reason }) => [
    assetKind,
    assetId,
    formatDecimal(weight),
    reason,
  ]),
});

/** The page of `trimtab kubernetes`. */
export const kubernetesDocument = (answer: KubernetesAnswer): Document => {
  if (answer.status === "unknown")
    return {
      title: "Kubernetes",
      blocks: [{ kind: "text", text: `Unknown: ${answer.reason}.`, tone: "warn" }],
    };
  const currencies = [...new Set(answer.charges.map(({ BillingCurrency }) => BillingCurrency))].sort();
  return {
    title: "Kubernetes, by the bill",
    subtitle: `effective · ${answer.from} until ${answer.until} · shared out by OpenCost`,
    blocks: [
      ...currencies.map((currency) => costsTable(answer, currency)),
      ...(answer.resources.length === 0 ? [] : [resourcesTable(answer)]),
      ...(answer.estimates.length === 0 ? [] : [estimatesTable(answer)]),
      ...(answer.notes.length === 0 ? [] : [{ kind: "list", items: answer.notes, tone: "muted" } as const]),
    ],
  };
};

/** Every part in the columns of FOCUS 1.3's split cost allocation. */
export const kubernetesJson = (answer: KubernetesAnswer): unknown => {
  if (answer.status === "unknown") return answer;
  const { charges, dimensions, ...rest } = answer;
  return {
    ...rest,
    dimensions,
    charges: charges.map(({ values, ...charge }) => ({
      ...charge,
      ...Object.fromEntries(dimensions.map((name, index) => [name, values[index] ?? null])),
    })),
  };
};
