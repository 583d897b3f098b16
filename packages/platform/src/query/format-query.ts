import { canonicalRequest } from "./canonical.ts";
import { BASE_MODEL, type SemanticModel } from "./model/model.ts";
import { lastBefore } from "./parse-query.ts";
import { KEYWORDS } from "./text/keywords.ts";
import { isPlainWord } from "./text/tokenize.ts";
import type { Condition, Filter, QueryRequest } from "./types.ts";

/** The text form of a request; `parseQueryText` reads it back as the same request. */
export const formatQueryText = (request: QueryRequest, model: SemanticModel = BASE_MODEL): string => {
  const full = canonicalRequest(request, model);
  const { grain, timeAxis, period, where } = full;
  const clauses = [
    full.measures.map(formatName).join(", "),
    full.by.length === 0 ? "" : `by ${full.by.map(formatName).join(", ")}`,
    grain === undefined ? "" : `per ${timeAxis === "invoice" ? "invoice " : ""}${grain}`,
    grain === "fiscal-year" && full.fiscalYearStart !== undefined ? `starting ${full.fiscalYearStart}` : "",
    timeAxis === "invoice" && grain === undefined ? "invoiced" : "",
    where === undefined ? "" : `where ${formatFilter(where)}`,
    period?.start === undefined ? "" : `from ${period.start}`,
    period?.end === undefined ? "" : formatEnd(period.end),
    full.top === undefined ? "" : `top ${full.top}`,
    full.compare === undefined ? "" : `compare ${full.compare}`,
    full.orderBy.length === 0
      ? ""
      : `order by ${full.orderBy.map(({ by, direction }) => `${formatName(by)} ${direction}`).join(", ")}`,
    full.limit === undefined ? "" : `limit ${full.limit}`,
  ];
  return clauses.filter((clause) => clause !== "").join(" ");
};

const formatEnd = (end: string): string => {
  const last = lastBefore(end);
  return last === undefined ? `until ${end}` : `to ${last}`;
};

/** A name; where it has odd characters only its key is quoted, so that `tag:` stays readable. */
const formatName = (name: string): string => {
  if (isPlainWord(name) && !KEYWORDS.has(name.toLowerCase())) return name;
  const [, prefix = "", rest = name] = /^(tag:|x:|cost-per:)(.+)$/s.exec(name) ?? [];
  return `${prefix}"${rest.replaceAll('"', '""')}"`;
};

/** The text form of a filter, as it stands behind `where`. */
export const formatFilter = (filter: Filter): string => {
  if ("and" in filter) return filter.and.map((term) => nested(term, "and")).join(" and ");
  if ("or" in filter) return filter.or.map((term) => nested(term, "or")).join(" or ");
  return "not" in filter ? `not ${nested(filter.not, "not")}` : formatCondition(filter);
};

const nested = (filter: Filter, inside: "and" | "or" | "not"): string => {
  const needsParentheses = "and" in filter || "or" in filter;
  const isBound = inside === "or" && "and" in filter;
  return needsParentheses && !isBound ? `(${formatFilter(filter)})` : formatFilter(filter);
};

const formatCondition = (condition: Condition): string => {
  const start = `${formatName(condition.dimension)} ${condition.op}`;
  if ("value" in condition) return `${start} ${quote(condition.value)}`;
  return "values" in condition ? `${start} (${condition.values.map(quote).join(", ")})` : start;
};

const quote = (value: string): string => `'${value.replaceAll("'", "''")}'`;
