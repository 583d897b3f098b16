import { queryErrors } from "./errors.ts";
import type { Measure } from "./model/measures.ts";
import type { PartId } from "./model/parts.ts";
import { didYouMean } from "./text/nearest-name.ts";
import type { FullRequest } from "./types.ts";

/** One term of the order of rows; remaining ties are broken by time and dimensions, rising, rows without a value last. */
export type Order = {
  readonly direction: "asc" | "desc";
  /** SQL can compute it: it only adds. */
  readonly inSql: boolean;
} & (
  | { readonly kind: "time" }
  | { readonly kind: "dimension"; readonly name: string }
  | {
      readonly kind: "measure";
      readonly measure: Measure;
      readonly aspect: OrderAspect;
      readonly part?: PartId;
    }
);

export type OrderAspect = "current" | "change" | "abs-change";

/**
 * By default time first, then the first measure, largest first.
 * @throws QUERY_ORDER_UNKNOWN
 */
export const orderOf = (request: FullRequest, measures: readonly Measure[]): readonly Order[] => {
  const [first] = measures;
  if (first === undefined) return [];
  if (request.orderBy.length === 0) {
    const time: Order[] =
      request.grain === undefined ? [] : [{ kind: "time", direction: "asc", inSql: true }];
    return [...time, measureOrder(first, "current", "desc")];
  }
  return request.orderBy.map(({ by, direction }) => {
    const measure = measures.find(({ id }) => id === by.toLowerCase());
    if (measure !== undefined) return measureOrder(measure, "current", direction);
    if (by === "time" && request.grain !== undefined) return { kind: "time", direction, inSql: true };
    if ((by === "change" || by === "abs-change") && request.compare !== undefined) {
      return measureOrder(first, by, direction);
    }
    const name = request.by.find((dimension) => dimension.toLowerCase() === by.toLowerCase());
    if (name !== undefined) return { kind: "dimension", name, direction, inSql: true };
    throw unknownOrder(by, request, measures);
  });
};

const measureOrder = (measure: Measure, aspect: OrderAspect, direction: "asc" | "desc"): Order => ({
  kind: "measure",
  measure,
  aspect,
  direction,
  inSql: measure.additive !== undefined,
  ...(measure.additive === undefined ? {} : { part: measure.additive }),
});

const unknownOrder = (by: string, request: FullRequest, measures: readonly Measure[]) => {
  const names = [
    ...measures.map(({ id }) => id),
    ...request.by,
    ...(request.grain === undefined ? [] : ["time"]),
    ...(request.compare === undefined ? [] : ["change", "abs-change"]),
  ];
  return queryErrors.create("QUERY_ORDER_UNKNOWN", {
    name: by.slice(0, 100),
    suggestion: didYouMean(by, names),
    names: names.join(", "),
  });
};

/** A part as a sort key; where `over` counts no charges it is 0. */
export interface Rank {
  readonly part: PartId;
  readonly over: Measure["over"];
  readonly aspect: OrderAspect;
}

/** What a `top` ranks by: the first ordered measure, else the first measure; a ratio by the cost behind it. */
export const rankOf = (
  order: readonly Order[],
  measures: readonly Measure[],
): Rank & { readonly direction: "asc" | "desc" } => {
  const chosen = order.find((term) => term.kind === "measure");
  const measure = chosen?.measure ?? measures[0];
  return {
    part: measure?.rank ?? "rows",
    over: measure?.over ?? "rows",
    aspect: chosen?.aspect ?? "current",
    direction: chosen?.direction ?? "desc",
  };
};
