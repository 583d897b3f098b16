import {
  call,
  cases,
  coalesce,
  type Expr,
  eq,
  isOneOf,
  lit,
  lower,
  ne,
  nullIf,
  text,
} from "../../sql/expr.ts";
import { lookUp } from "../shared/lookup.ts";
import { type AzureColumns, type AzureField, NO_VALUE } from "./azure-columns.ts";
import { REGIONS } from "./data/regions.ts";
import { SERVICES } from "./data/services.ts";

const part = (value: Expr<"text">, separator: string, index: number): Expr<"text"> =>
  call("text", "splitPart", value, text(separator), lit("bigint", index));

const filled = (value: Expr<"text">): Expr<"text"> => nullIf(value, text(""));

/** Text of a field; what Azure writes for "none" is null. */
export const stated = (columns: AzureColumns, field: AzureField): Expr<"text"> => {
  const value = columns.text(field);
  return cases("text", [[isOneOf(value, ...NO_VALUE), lit("text", null)]], value);
};

export interface AzureResource {
  readonly type: Expr<"text">;
  readonly name: Expr<"text">;
  readonly serviceName: Expr<"text">;
  readonly serviceCategory: Expr<"text">;
  readonly serviceSubcategory: Expr<"text">;
  readonly regionId: Expr<"text">;
  readonly regionName: Expr<"text">;
}

/** `microsoft.sql/servers/databases` of `…/providers/Microsoft.Sql/servers/a/databases/b`. */
const resourceType = (columns: AzureColumns): Expr<"text"> => {
  const pattern = text(".*/providers/(.+)$");
  const id = lower(columns.text("resource"));
  const path = columns.input.define(
    "resourcePath",
    call("text", "regexpExtract", id, pattern, lit("bigint", 1)),
  );
  const nested = part(path, "/", 4);
  const top = call("text", "concat", part(path, "/", 1), text("/"), part(path, "/", 2));
  const fromPath = cases(
    "text",
    [
      [eq(path, text("")), lit("text", null)],
      [ne(nested, text("")), call("text", "concat", top, text("/"), nested)],
    ],
    top,
  );
  return columns.input.define("resourceType", coalesce(lower(columns.text("resourceType")), fromPath));
};

const SEPARATOR = "\t";

/** Name, category and subcategory of the service by `provider/type` or `provider/type/nested type`. */
const serviceTable = (): readonly (readonly [string, string])[] =>
  Object.entries(SERVICES).flatMap(([provider, services]) =>
    services.flatMap(([...service]) =>
      service[3].map((type) => [`${provider}/${type}`, service.slice(0, 3).join(SEPARATOR)] as const),
    ),
  );

/** A nested type that the table lacks belongs to the service of its parent. */
const serviceOf = (columns: AzureColumns, type: Expr<"text">): Expr<"text"> => {
  const table = serviceTable();
  const parent = columns.input.define(
    "parentType",
    call("text", "concat", part(type, "/", 1), text("/"), part(type, "/", 2)),
  );
  return columns.input.define("service", coalesce(lookUp(type, table), lookUp(parent, table)));
};

/** Category and subcategory where the resource is unknown: meters of many services bear the service's name. */
const meterTable = (): readonly (readonly [string, string])[] => [
  ...Object.values(SERVICES)
    .flat()
    .map(([name, category, subcategory]) => [name, [category, subcategory].join(SEPARATOR)] as const),
  ["Storage", ["Storage", "Storage Platforms"].join(SEPARATOR)],
  ["Bandwidth", ["Networking", "Other (Networking)"].join(SEPARATOR)],
];

const regionOf = (columns: AzureColumns): Expr<"text"> => {
  const location = stated(columns, "location");
  const key = columns.input.define("location", call("text", "replace", lower(location), text(" "), text("")));
  const table = REGIONS.flatMap(([id, name, spellings]) =>
    spellings.map((spelling) => [spelling, `${id}${SEPARATOR}${name}`] as const),
  );
  const unknown = call("text", "concat", key, text(SEPARATOR), location);
  return columns.input.define("region", coalesce(lookUp(key, table), unknown));
};

/** What the resource is: its type, the FOCUS service it belongs to, and its region. */
export const azureResource = (columns: AzureColumns): AzureResource => {
  const type = resourceType(columns);
  const service = serviceOf(columns, type);
  const region = regionOf(columns);
  const ownName = call(
    "text",
    "regexpExtract",
    columns.text("resource"),
    text("([^/]+)/?$"),
    lit("bigint", 1),
  );
  const meterCategory = columns.input.define("meterCategory", stated(columns, "meterCategory"));
  const meter = columns.input.define("meter", lookUp(meterCategory, meterTable()));
  return {
    type,
    name: coalesce(stated(columns, "resourceName"), filled(ownName)),
    serviceName: coalesce(
      filled(part(service, SEPARATOR, 1)),
      meterCategory,
      stated(columns, "publisher"),
      stated(columns, "consumedService"),
      text("Other"),
    ),
    serviceCategory: coalesce(filled(part(service, SEPARATOR, 2)), part(meter, SEPARATOR, 1), text("Other")),
    serviceSubcategory: coalesce(
      filled(part(service, SEPARATOR, 3)),
      part(meter, SEPARATOR, 2),
      text("Other (Other)"),
    ),
    regionId: part(region, SEPARATOR, 1),
    regionName: part(region, SEPARATOR, 2),
  };
};
