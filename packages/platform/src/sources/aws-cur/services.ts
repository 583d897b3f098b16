import { and, call, cases, coalesce, type Expr, isOneOf, lit, mapGet, or, text } from "../../sql/expr.ts";
import type { CurColumns } from "./cur-columns.ts";
import { AWS_SERVICES } from "./data/aws-services.ts";
import type { LineItem } from "./line-item.ts";

export interface Service {
  readonly name: Expr<"text">;
  readonly category: Expr<"text">;
  readonly subcategory: Expr<"text">;
}

const SEPARATOR = "|";

/** One constant map: an engine folds it, and a look-up costs less than a branch per service. */
const serviceMap = call(
  "map",
  "constantMap",
  ...AWS_SERVICES.flatMap(([code, ...service]) => [text(code), text(service.join(SEPARATOR))]),
);

const part = (service: Expr<"text">, position: number): Expr<"text"> =>
  call("text", "splitPart", service, text(SEPARATOR), lit("bigint", position));

/** What AmazonEC2 bills besides instances has a category of its own. */
const ec2Parts = (
  cur: CurColumns,
  row: LineItem,
): readonly (readonly [Expr<"boolean">, string, string])[] => {
  const ec2 = isOneOf(row.productCode, "AmazonEC2");
  const contains = (piece: string) => call("boolean", "contains", row.usageType, text(piece));
  const family = cur.text("product/productFamily");
  return [
    [
      and(ec2, or(contains("EBS:"), isOneOf(family, "Storage", "Storage Snapshot"))),
      "Storage",
      "Block Storage",
    ],
    [
      and(
        ec2,
        or(
          contains("DataTransfer"),
          contains("AWS-Out-Bytes"),
          contains("AWS-In-Bytes"),
          isOneOf(family, "Data Transfer"),
        ),
      ),
      "Networking",
      "Network Connectivity",
    ],
    [
      and(
        ec2,
        or(contains("NatGateway"), contains("ElasticIP"), isOneOf(family, "NAT Gateway", "IP Address")),
      ),
      "Networking",
      "Network Infrastructure",
    ],
    [and(ec2, or(contains("LoadBalancer"), contains("LCUUsage"))), "Networking", "Application Networking"],
  ];
};

/** The service of a line item as AWS names it, and what FOCUS counts it as. */
export const readService = (cur: CurColumns, row: LineItem): Service => {
  const known = cur.input.define("service", mapGet(serviceMap, row.productCode));
  const parts = ec2Parts(cur, row);
  const given = [cur.product("ProductName"), cur.product("servicename")];
  const category = cases(
    "text",
    parts.map(([when, value]) => [when, text(value)] as const),
    coalesce(part(known, 2), text("Other")),
  );
  const subcategory = cases(
    "text",
    parts.map(([when, , value]) => [when, text(value)] as const),
    coalesce(part(known, 3), text("Other (Other)")),
  );
  return {
    name: coalesce(...(given as [Expr<"text">, Expr<"text">]), part(known, 1), row.productCode, text("AWS")),
    category,
    subcategory,
  };
};
