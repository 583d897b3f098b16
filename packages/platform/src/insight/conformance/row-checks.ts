import { CURRENCIES_BY_MINOR_UNITS } from "@trimtab/domain";
import {
  and,
  call,
  cases,
  type Expr,
  eq,
  ge,
  isIn,
  isNotNull,
  isNull,
  lambda,
  le,
  lit,
  minus,
  ne,
  no,
  not,
  nullOf,
  or,
  text,
  times,
  tryCast,
  yes,
} from "../../sql/expr.ts";
import { isDecimalColumn, type RowView } from "./judged-rows.ts";
import type { Check, ValueFormat } from "./rule.ts";
import { UNIT_FORMAT } from "./unit-format.ts";

const CURRENCIES = CURRENCIES_BY_MINOR_UNITS.flatMap(({ codes }) => codes.trim().split(/\s+/));

/** Products of published prices and quantities carry their rounding: a millionth, or a millionth of the cost. */
const TOLERANCE = lit("double", "0.000001");

const DATE_TIME = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$";
const NUMERIC = "^-?([0-9]+(\\.[0-9]+)?|\\.[0-9]+)([eE]-?[0-9]+)?$";
/** Any way of writing a number that can be read exactly. */
const DECIMAL = "^[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?$";
const PASCAL_KEY = "^(x_)?[A-Z][A-Za-z0-9]*$";

/** What exports write where FOCUS demands null. */
const PLACEHOLDERS = ["", "NULL", "null", "N/A", "n/a", "NA", "None", "NaN", "nan"].concat([
  "Not Applicable",
  "not applicable",
  "Not Available",
]);

const matches = (value: Expr, pattern: string): Expr<"boolean"> =>
  call("boolean", "regexpMatches", value, text(pattern));

/** `answer` for every value, unknown for null. */
const ofValues = (value: Expr, answer: Expr<"boolean">): Expr<"boolean"> =>
  cases("boolean", [[isNotNull(value), answer]]);

const always = (value: Expr, holds: boolean): Expr<"boolean"> => ofValues(value, holds ? yes : no);

const ofType = (view: RowView, name: string, type: "string" | "decimal" | "datetime"): Expr<"boolean"> => {
  const value = view.value(name);
  if (view.isText(name)) {
    if (type === "string") return always(value, true);
    if (type === "decimal") return matches(value, DECIMAL);
    return ofValues(value, isNotNull(tryCast("timestamp", value)));
  }
  const physical = view.type(name);
  if (type === "decimal") return always(value, /^(DECIMAL|DOUBLE|FLOAT|U?[A-Z]*INT)/.test(physical));
  return always(value, type === "datetime" && /^(TIMESTAMP|DATE)/.test(physical));
};

const jsonObject = (view: RowView, name: string): Expr<"map"> => {
  const value = view.value(name);
  return view.isText(name) ? call("map", "jsonToMap", value) : ({ ...value, type: "map" } as Expr<"map">);
};

const noneOf = (list: Expr<"list">, bad: (item: Expr) => Expr<"boolean">): Expr<"boolean"> =>
  eq(
    call("bigint", "listLength", call("list", "listFilter", list, lambda("item", "text", bad))),
    lit("bigint", 0),
  );

const ofFormat = (view: RowView, name: string, format: ValueFormat): Expr<"boolean"> => {
  const value = view.value(name);
  const isText = view.isText(name);
  switch (format) {
    case "string":
      return always(value, isText);
    case "numeric":
      return isText ? matches(value, NUMERIC) : ofType(view, name, "decimal");
    case "datetime":
      return isText ? matches(value, DATE_TIME) : always(value, view.type(name).startsWith("TIMESTAMP"));
    case "unit":
      return matches(value, UNIT_FORMAT);
    case "currency":
      return matches(value, "^\\S(.*\\S)?$");
    case "keyValue": {
      if (!isText) return always(value, /^(MAP|STRUCT|JSON)/.test(view.type(name)));
      const object = jsonObject(view, name);
      const values = call("list", "mapValues", object);
      const flat = noneOf(values, (item) => matches(item, "^[\\[{].*[\\]}]$"));
      return ofValues(value, and(isNotNull(object), flat));
    }
    case "pascalKeys": {
      const keys = call("list", "mapKeys", jsonObject(view, name));
      return noneOf(keys, (key) => not(matches(key, PASCAL_KEY)));
    }
  }
};

const isProduct = (view: RowView, a: string, b: string, result: string): Expr<"boolean"> => {
  const cost = view.number(result);
  const difference = call("double", "abs", minus(times(view.number(a), view.number(b)), cost));
  const bound = call("double", "greatest", TOLERANCE, times(TOLERANCE, call("double", "abs", cost)));
  return cases("boolean", [[isNotNull(difference), le(difference, bound)]]);
};

const equals = (view: RowView, name: string, value: string): Expr<"boolean"> =>
  isDecimalColumn(name) ? eq(view.number(name), lit("double", value)) : eq(view.value(name), text(value));

const hasPlaceholder = (view: RowView, names: readonly string[]): Expr<"boolean"> =>
  or(
    ...names
      .filter((name) => view.isText(name))
      .map((name) => isIn(call("text", "trim", view.raw(name)), PLACEHOLDERS.map(text))),
  );

/**
 * A check as an expression over one row; unknown where the row has nothing to judge. Checks that need more than a
 * row give undefined.
 */
export const rowCheck = (
  view: RowView,
  check: Check,
  names: readonly string[],
): Expr<"boolean"> | undefined => {
  switch (check[0]) {
    case "null":
      return isNull(view.value(check[1]));
    case "notNull":
      return isNotNull(view.value(check[1]));
    case "decimal":
      return ofType(view, check[1], "decimal");
    case "currency":
      return isIn(view.value(check[1]), CURRENCIES.map(text));
    case "is":
      return equals(view, check[1], check[2]);
    case "isNot":
      return or(isNull(view.value(check[1])), not(equals(view, check[1], check[2])));
    case "atLeast":
      return ge(view.number(check[1]), lit("double", check[2]));
    case "oneOf":
      return isIn(view.value(check[1]), check[2].map(text));
    case "same":
    case "different": {
      const compare = check[0] === "same" ? eq : ne;
      const side = (name: string) => (isDecimalColumn(name) ? view.number(name) : view.value(name));
      return compare(side(check[1]), side(check[2]));
    }
    case "product":
      return isProduct(view, check[1], check[2], check[3]);
    case "type":
      return ofType(view, check[1], check[2]);
    case "format":
      return ofFormat(view, check[1], check[2]);
    case "and":
    case "or": {
      const [join, parts] = check;
      const terms = parts.map((part) => rowCheck(view, part, names) ?? nullOf("boolean"));
      return join === "and" ? and(...terms) : or(...terms);
    }
    case "placeholders":
      return not(hasPlaceholder(view, names));
    default:
      return undefined;
  }
};

/** The columns that a check reads. */
export const columnsOf = (check: Check | undefined): readonly string[] => {
  if (check === undefined) return [];
  switch (check[0]) {
    case "and":
    case "or":
      return check[1].flatMap(columnsOf);
    case "same":
    case "different":
    case "distinct":
      return [check[1], check[2]];
    case "product":
      return [check[1], check[2], check[3]];
    case "commitment":
      return [
        "CommitmentDiscountId",
        "ChargeCategory",
        "EffectiveCost",
        "BilledCost",
        "BillingCurrency",
      ].concat(["ChargePeriodStart", "ChargePeriodEnd", "CommitmentDiscountStatus"]);
    case "rules":
    case "header":
    case "placeholders":
    case "malformed":
      return [];
    default:
      return [check[1]];
  }
};
