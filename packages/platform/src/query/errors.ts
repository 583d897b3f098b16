import { defineErrors } from "@trimtab/domain";

/** What can be wrong with a question, or with the files that questions use. */
export const queryErrors = defineErrors({
  QUERY_TEXT_INVALID: {
    message: "The query can't be read at line {line}, column {column}: {problem}",
    hint: "{suggestion}The form is: MEASURES by DIMENSIONS per GRAIN where FILTER from MONTH to MONTH top N compare previous.",
    exitCode: 2,
    status: 400,
  },
  QUERY_REQUEST_INVALID: {
    message: "The query is not valid at {path}: {problem}",
    hint: "docs/reference/query.md lists the fields of a query and their values.",
    exitCode: 2,
    status: 400,
  },
  QUERY_MEASURE_UNKNOWN: {
    message: "There is no measure {name}",
    hint: "{suggestion}Measures are {measures}.",
    exitCode: 2,
    status: 400,
  },
  QUERY_DIMENSION_UNKNOWN: {
    message: "There is no dimension {name}",
    hint: "{suggestion}Dimensions are the FOCUS columns, tag:KEY, x:KEY, source, provider and those of your rules file.",
    exitCode: 2,
    status: 400,
  },
  QUERY_DIMENSION_NOT_GROUPABLE: {
    message: "{dimension} can't be grouped by: it holds {type}",
    hint: "Use it in a filter, or group by a text or time column.",
    exitCode: 2,
    status: 400,
  },
  QUERY_FILTER_TYPE: {
    message: "{dimension} holds {type}: {operator} does not apply to it",
    hint: "Compare times and amounts with =, !=, <, <=, >, >=, in or is null.",
    exitCode: 2,
    status: 400,
  },
  QUERY_FILTER_VALUE: {
    message: "{dimension} holds {type}: {value} is none",
    hint: "Write days as 2026-01-31, moments as 2026-01-31T13:00:00Z and amounts as plain decimal numbers.",
    exitCode: 2,
    status: 400,
  },
  QUERY_PATTERN_INVALID: {
    message: "{pattern} is no regular expression: {reason}",
    hint: "Write it in RE2 syntax (https://github.com/google/re2/wiki/Syntax), or use contains or starts with.",
    exitCode: 2,
    status: 400,
  },
  QUERY_FILTER_ALLOCATED: {
    message: "{dimension} shares costs out, so its condition can't stand inside or/not or twice",
    why: "Shared costs get their {dimension} only after the sums are made.",
    hint: "Make it one condition of its own, joined to the others by and.",
    exitCode: 2,
    status: 400,
  },
  QUERY_CHARGES_SHARED: {
    message: "{dimension} shares costs out, so single charges can't be listed by it",
    why: "A share of a shared cost is a part of every one of its charges.",
    hint: "Leave {dimension} out of filter and columns, or filter by what its rules are made of.",
    exitCode: 2,
    status: 400,
  },
  QUERY_AXES_MIXED: {
    message: "{dimension} belongs to the {other} time axis, this query to the {axis} time axis",
    why: "A charge of March can be on the invoice of April: sums over both would count neither month.",
    hint: "Use 'per {other} month' or 'invoiced' for invoice time, and ChargePeriod columns without it.",
    exitCode: 2,
    status: 400,
  },
  QUERY_GRAIN_INVALID: {
    message: "{subject} has no {grain}",
    why: "Invoices cover whole months; periods of different clock changes have no equal hours.",
    hint: "Use a longer grain: month, quarter, year or fiscal year for invoices, day and longer for comparisons.",
    exitCode: 2,
    status: 400,
  },
  QUERY_PERIOD_INVALID: {
    message: "The period {period} is not one: {problem}",
    hint: "Write from 2026-01 to 2026-06 (both included), or days as 2026-01-31.",
    exitCode: 2,
    status: 400,
  },
  QUERY_COMPARE_NO_PERIOD: {
    message: "A comparison needs a period",
    hint: "Say which: from 2026-05 to 2026-05 compare previous.",
    exitCode: 2,
    status: 400,
  },
  QUERY_TOP_INVALID: {
    message: "top {top} can't be answered: {problem}",
    hint: "Name what to rank: effective by ServiceName top 10.",
    exitCode: 2,
    status: 400,
  },
  QUERY_ORDER_UNKNOWN: {
    message: "The query can't be ordered by {name}",
    hint: "{suggestion}Order by one of {names}.",
    exitCode: 2,
    status: 400,
  },
  QUERY_TIME_ZONE_INVALID: {
    message: "There is no time zone {timeZone}",
    hint: "Use an IANA name, such as UTC or Europe/Berlin.",
    exitCode: 2,
    status: 400,
  },
  RATES_INVALID: {
    message: "{file}, line {line}: {problem}",
    hint: "Rates are CSV with the header date,from,to,rate, such as 2026-01-01,EUR,USD,1.0825.",
    exitCode: 2,
  },
  RATES_MISSING: {
    message: "{file} has no rate from {from} to {to} for {date}",
    why: "An amount without a rate has no value in another currency, and is never left out in silence.",
    hint: "Add a line with a date on or before {date}, or ask for each currency.",
    exitCode: 2,
    status: 400,
  },
  RULES_INVALID: {
    message: "{file}, line {line}, column {column}: {problem}",
    hint: "{suggestion}docs/guides/allocation.md shows the whole format.",
    exitCode: 2,
  },
  METRIC_INVALID: {
    message: "{file}, line {line}: {problem}",
    hint: "Metrics are CSV with the header time,metric,value and one column per dimension; see docs/guides/allocation.md.",
    exitCode: 2,
  },
  METRIC_UNKNOWN: {
    message: "There is no metric {metric}",
    hint: "{suggestion}Load one from CSV or Prometheus first; loaded are: {metrics}.",
    exitCode: 2,
    status: 400,
  },
  METRIC_SOURCE_FAILED: {
    message: "{url} gave no metric: {reason}",
    hint: "Open the address in a browser: it must be Prometheus' HTTP API (/api/v1/query_range) or one that speaks it.",
    exitCode: 3,
  },
});
