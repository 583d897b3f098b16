import { CHARGE_COLUMNS } from "../../lake/charge-columns.ts";
import { queryErrors } from "../errors.ts";
import { didYouMean } from "../text/nearest-name.ts";
import type { Filter, TimeAxis } from "../types.ts";

/** What a charge row itself says: every dimension comes down to these. */
export type Leaf =
  | { readonly kind: "column"; readonly name: string; readonly type: "text" | "timestamp" | "decimal" }
  | { readonly kind: "tag"; readonly name: string; readonly key: string; readonly type: "text" }
  | { readonly kind: "extra"; readonly name: string; readonly key: string; readonly type: "text" }
  | { readonly kind: "source"; readonly name: "source"; readonly type: "text" };

export type Dimension = Leaf | VirtualDimension;

/** A dimension made by rules: the first whose condition holds gives the value. */
export interface VirtualDimension {
  readonly kind: "virtual";
  readonly name: string;
  readonly type: "text";
  readonly rules: readonly Rule[];
  /** Value where no rule holds. Always shown. */
  readonly otherwise: string;
}

export type Rule =
  | { readonly where: Filter; readonly value: string }
  /** The value of another dimension; where that has none, the next rules are tried. */
  | { readonly where?: Filter | undefined; readonly from: string }
  | { readonly where: Filter; readonly shared: SharedCost };

/** Costs that belong to all, and how they are split among the values of the dimension. */
export interface SharedCost {
  readonly name: string;
  readonly split:
    | { readonly by: "even"; readonly among?: readonly string[] | undefined }
    | { readonly by: "share"; readonly shares: Readonly<Record<string, string>> }
    | { readonly by: "metric"; readonly metric: string; readonly among?: readonly string[] | undefined };
}

const columns: ReadonlyMap<string, Leaf> = new Map(
  CHARGE_COLUMNS.filter(({ type }) => type === "text" || type === "timestamp" || type === "decimal").map(
    ({ name, type }) => [name.toLowerCase(), { kind: "column", name, type } as Leaf],
  ),
);

const source: Leaf = { kind: "source", name: "source", type: "text" };
const provider = columns.get("serviceprovidername") as Leaf;

/** Names of all dimensions that need no key, for help texts and suggestions. */
export const DIMENSION_NAMES: readonly string[] = [
  ...[...columns.values()].map(({ name }) => name),
  "source",
  "provider",
];

/**
 * The dimension of a name: a FOCUS column in any case, `tag:<key>`, `x:<key>`, `source`, `provider` or a virtual one.
 * @throws QUERY_DIMENSION_UNKNOWN
 */
export const resolveDimension = (name: string, virtual: ReadonlyMap<string, VirtualDimension>): Dimension => {
  const found = findDimension(name, virtual);
  if (found !== undefined) return found;
  throw queryErrors.create("QUERY_DIMENSION_UNKNOWN", {
    name: name.slice(0, 100),
    suggestion: didYouMean(name, [...virtual.keys(), ...DIMENSION_NAMES]),
  });
};

export const findDimension = (
  name: string,
  virtual: ReadonlyMap<string, VirtualDimension>,
): Dimension | undefined => {
  const own = virtual.get(name);
  if (own !== undefined) return own;
  const [, prefix, key = ""] = /^(tag|x):(.+)$/s.exec(name) ?? [];
  if (prefix === "tag") return { kind: "tag", name, key, type: "text" };
  if (prefix === "x") return { kind: "extra", name, key, type: "text" };
  const lower = name.toLowerCase();
  if (lower === "source") return source;
  if (lower === "provider") return provider;
  return columns.get(lower);
};

/** The axis a time column belongs to; others belong to both. */
export const axisOf = (name: string): TimeAxis | undefined => {
  if (name.startsWith("ChargePeriod")) return "charge";
  return name.startsWith("BillingPeriod") ? "invoice" : undefined;
};

/** Does the dimension share costs out, so that its values are only known after the sums? */
export const isAllocating = (dimension: Dimension): dimension is VirtualDimension =>
  dimension.kind === "virtual" && dimension.rules.some((rule) => "shared" in rule);
