import { PRICE_ITEMS, type PriceItem, type PriceQuestion } from "@trimtab/domain";

/**
 * One spelling for what clouds, bills and files spell in several ways. Engines: `POSTGRES_16` and `PostgreSQL` are POSTGRES;
 * RDS's open engines have no licence to buy, and its storage costs the same for every engine but Aurora's.
 */
const canonical: Partial<
  Record<PriceItem, (attributes: Readonly<Record<string, string>>) => Record<string, string>>
> = {
  "gcp.sql.cpu": (own) => ({ ...own, engine: sqlEngine(own.engine), edition: own.edition ?? "ENTERPRISE" }),
  "gcp.sql.memory": (own) => ({
    ...own,
    engine: sqlEngine(own.engine),
    edition: own.edition ?? "ENTERPRISE",
  }),
  "gcp.sql.tier": (own) => ({ ...own, engine: sqlEngine(own.engine) }),
  "gcp.sql.storage": (own) => ({ ...own, engine: sqlEngine(own.engine) }),
  "gcp.compute.instance": (own) => ({ ...own, spot: own.spot ?? "no" }),
  "aws.rds.instance": (own) => ({
    ...own,
    license: /^(oracle|sqlserver)/.test(own.engine ?? "") ? (own.license ?? "") : "none",
  }),
  "aws.rds.storage": (own) => ({
    ...own,
    engine: own.engine?.startsWith("aurora") === true ? "aurora" : "any",
  }),
};

const sqlEngine = (engine = ""): string => {
  const upper = engine.toUpperCase();
  if (upper.startsWith("POSTGRES")) return "POSTGRES";
  if (upper.startsWith("MYSQL")) return "MYSQL";
  return upper.replace(/[ _]/g, "").startsWith("SQLSERVER") ? "SQLSERVER" : upper;
};

/** The attributes of an item in their one spelling, in the item's own order; what the item does not have is dropped. */
export const canonicalAttributes = (
  item: PriceItem,
  attributes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const own = canonical[item]?.(attributes) ?? attributes;
  return Object.fromEntries(
    PRICE_ITEMS[item].attributes.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]])),
  );
};

/** `gcp.run.cpu (billing request) in us-central1`, for reasons and tables. */
export const questionText = ({ item, attributes, scope }: PriceQuestion): string =>
  `${item}${attributesText(attributes) === "" ? "" : ` (${attributesText(attributes)})`} in ${scope.region}`;

export const attributesText = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
