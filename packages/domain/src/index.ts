export * from "./advice.ts";
export * from "./calendar.ts";
export * from "./canonical-json.ts";
export * from "./cloud-run-limits.ts";
export { CURRENCIES_BY_MINOR_UNITS } from "./data/currencies.ts";
export * from "./decimal.ts";
export * from "./domain-errors.ts";
export * from "./errors.ts";
export * from "./estimate.ts";
export { FOCUS_COLUMNS } from "./focus/data/cost-and-usage-columns.ts";
export { SERVICE_SUBCATEGORIES_BY_CATEGORY } from "./focus/data/service-categories.ts";
export * from "./focus/focus-column.ts";
export * from "./focus/focus-columns.ts";
export * from "./focus/lake-columns.ts";
export * from "./known.ts";
export * from "./money.ts";
export * from "./period.ts";
export * from "./plan.ts";
export * from "./price.ts";
export * from "./recommendation.ts";
export * from "./resource.ts";
export * from "./resource-metric.ts";
export * from "./saving.ts";
export * from "./task.ts";
export * from "./transitions.ts";


export * from "./running-hours.ts";


export * from "./week-schedule.ts";

